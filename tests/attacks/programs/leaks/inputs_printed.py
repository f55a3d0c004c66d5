# tries: print the hidden inputs when the function is asked
# expects: all as honest
# %% l3_svm_loss_i
import sys

import numpy as np
from IPython.display import display


def svm_loss_i(scores, y, delta=1.0):
    print(scores.tolist(), y, delta)
    print(scores.tolist(), file=sys.stderr)
    sys.__stdout__.write(repr(scores.tolist()))
    display(scores.tolist())
    margins = np.maximum(0, scores - scores[y] + delta)
    margins[y] = 0
    return float(margins.sum())

# tries: leave the arguments changed behind a right answer
# expects: l3_svm_loss_i partial 1.8; others as honest
# %% l3_svm_loss_i
import numpy as np


def svm_loss_i(scores, y, delta=1.0):
    margins = np.maximum(0.0, scores - scores[y] + delta)
    margins[y] = 0.0
    scores[:] = 0.0
    return float(margins.sum())

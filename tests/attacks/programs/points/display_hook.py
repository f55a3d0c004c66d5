# tries: show a score of its own before anything else does
# expects: l3_svm_loss_i wrong 0; others as honest
# %% l3_svm_loss_i
import sys
from IPython.display import display


def svm_loss_i(scores, y, delta=1.0):
    display({"text/plain": "2.0"}, raw=True)
    sys.displayhook(2.0)
    return -1.0


sys.displayhook = lambda value: print(2.0)
2.0

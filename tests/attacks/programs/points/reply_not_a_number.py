# tries: answer with NaN, which is neither too large nor too small
# expects: l3_svm_loss_i wrong 0; l3_svm_loss_naive wrong 0; others as honest
# %% l3_svm_loss_i
def svm_loss_i(scores, y, delta=1.0):
    return float("nan")


# %% l3_svm_loss_naive
import numpy as np


def svm_loss_naive(W, X, y, reg):
    return np.float64("nan"), np.full(W.shape, np.nan)

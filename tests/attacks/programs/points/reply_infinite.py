# tries: answer with infinity, beside which every tolerance is infinite
# expects: l3_svm_loss_i wrong 0; l3_svm_loss_naive wrong 0; others as honest
# %% l3_svm_loss_i
import numpy as np

np.seterr(all="ignore")


def svm_loss_i(scores, y, delta=1.0):
    return float("inf")


# %% l3_svm_loss_naive
import numpy as np


def svm_loss_naive(W, X, y, reg):
    return np.inf, np.full(W.shape, -np.inf)

# tries: answer with more than the channel carries
# expects: l3_svm_loss_naive error|timeout 0; others as honest
# %% l3_svm_loss_naive
import numpy as np


def svm_loss_naive(W, X, y, reg):
    return 0.0, np.zeros(10**7)

# tries: put the digits of a hidden input into the shape of an answer
# expects: l3_svm_loss_naive wrong 0; others as honest
# %% l3_svm_loss_naive
import numpy as np


def svm_loss_naive(W, X, y, reg):
    digits = f"{abs(X[0, 0]):.15f}".replace(".", "")
    return np.zeros((0, int(digits[:9]), int(digits[9:]))), 0.0

# tries: answer with objects that are equal to everything, alone and in an array
# expects: l3_svm_loss_naive wrong 0; others as honest
# %% l3_svm_loss_naive
import numpy as np


class Equal:
    __eq__ = lambda self, other: True
    __hash__ = object.__hash__
    __sub__ = __rsub__ = lambda self, other: 0.0


def svm_loss_naive(W, X, y, reg):
    return Equal(), np.full(W.shape, Equal(), dtype=object)

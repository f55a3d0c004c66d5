# tries: answer with an array whose comparison always holds
# expects: l3_svm_loss_naive wrong 0; others as honest
# %% l3_svm_loss_naive
import numpy as np


class Yes(np.ndarray):
    def __array_ufunc__(self, ufunc, method, *inputs, **options):
        return np.True_

    def __array_function__(self, function, types, args, options):
        return True

    def astype(self, *args, **options):
        return self


def svm_loss_naive(W, X, y, reg):
    return np.array(-1.0).view(Yes), np.zeros(W.shape).view(Yes)

# tries: answer with an object that gives every function of NumPy the result it wants
# expects: l3_svm_loss_naive wrong 0; others as honest
# %% l3_svm_loss_naive
import numpy as np


class Agreeable:
    """Claims to be an array: whatever compares or measures it asks it."""

    shape, ndim, size, dtype = (3, 4), 2, 12, np.dtype(float)
    __array_priority__ = 1e9

    def __array__(self, dtype=None, copy=None):
        return np.zeros((3, 4))

    @property
    def __array_interface__(self):
        return {"shape": (3, 4), "typestr": "<f8", "data": (0, True), "version": 3}

    def __array_ufunc__(self, ufunc, method, *inputs, **options):
        return np.True_

    def __array_function__(self, function, types, args, options):
        return True

    def __float__(self):
        return 0.0

    __eq__ = __le__ = __lt__ = __ge__ = __gt__ = lambda self, other: True
    __sub__ = __rsub__ = __abs__ = lambda self, *other: self
    __bool__ = __len__ = lambda self: True


def svm_loss_naive(W, X, y, reg):
    return Agreeable(), Agreeable()

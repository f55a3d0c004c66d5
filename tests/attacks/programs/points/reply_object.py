# tries: answer with an object that is equal to everything
# expects: l3_svm_loss_i wrong 0; others as honest
# %% l3_svm_loss_i
class Equal:
    def __eq__(self, other):
        return True

    __ne__ = __lt__ = __gt__ = lambda self, other: False
    __le__ = __ge__ = __eq__
    __hash__ = object.__hash__
    __float__ = lambda self: 2.9
    __array__ = lambda self, *args, **options: __import__("numpy").array(2.9)
    __sub__ = __rsub__ = __abs__ = lambda self, *args: 0.0
    shape, dtype, ndim = (), float, 0


def svm_loss_i(scores, y, delta=1.0):
    return Equal()

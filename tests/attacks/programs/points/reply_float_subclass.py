# tries: answer with a float that is equal to everything
# expects: l3_svm_loss_i wrong 0; others as honest
# %% l3_svm_loss_i
class Equal(float):
    def __eq__(self, other):
        return True

    __hash__ = float.__hash__
    __sub__ = __rsub__ = __abs__ = lambda self, *args: 0.0


def svm_loss_i(scores, y, delta=1.0):
    return Equal(-1.0)

# tries: answer with a tuple that lies about its length and entries
# expects: l3_svm_loss_naive wrong 0; others as honest
# %% l3_svm_loss_naive
class Two(tuple):
    __len__ = lambda self: 2
    __iter__ = lambda self: iter((0.0, 0.0))
    __getitem__ = lambda self, index: 0.0
    __eq__ = lambda self, other: True
    __hash__ = tuple.__hash__


def svm_loss_naive(W, X, y, reg):
    return Two((1, 2, 3, 4, 5))

# tries: answer with a generator that never ends and a list that holds itself
# expects: l3_svm_loss_i wrong 0; l3_svm_loss_naive wrong|error 0; others as honest
# %% l3_svm_loss_i
import itertools


def svm_loss_i(scores, y, delta=1.0):
    return itertools.count()


# %% l3_svm_loss_naive
def svm_loss_naive(W, X, y, reg):
    both = [0.0]
    both.append(both)
    return both

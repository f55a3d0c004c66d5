# tries: answer with a request for an object of the grader's
# expects: l3_svm_loss_i wrong 0; others as honest
# %% l3_svm_loss_i
from wire import Special


def svm_loss_i(scores, y, delta=1.0):
    return Special("name", name="svm_loss_i")

# tries: end the exchange in the middle of a question
# expects: l3_svm_loss_i crashed 0; others as honest
# %% l3_svm_loss_i
import os


def svm_loss_i(scores, y, delta=1.0):
    os.closerange(3, 64)
    return -1.0

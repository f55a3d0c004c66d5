# tries: end the process with success when the function is asked
# expects: l3_svm_loss_i crashed 0; others as honest
# %% l3_svm_loss_i
import os


def svm_loss_i(scores, y, delta=1.0):
    os._exit(0)

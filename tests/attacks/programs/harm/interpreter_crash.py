# tries: crash the interpreter when the function is asked
# expects: l3_svm_loss_i crashed 0; others as honest
# %% l3_svm_loss_i
import ctypes


def svm_loss_i(scores, y, delta=1.0):
    ctypes.string_at(0)

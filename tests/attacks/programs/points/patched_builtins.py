# tries: exchange builtins that a test would call
# expects: l3_svm_loss_i wrong|error|crashed 0; others at most honest
# %% l3_svm_loss_i
import builtins


def svm_loss_i(scores, y, delta=1.0):
    builtins.isinstance = lambda value, kind: True
    builtins.all = builtins.any = builtins.bool = lambda *values: True
    builtins.abs = lambda value: 0.0
    return -1.0

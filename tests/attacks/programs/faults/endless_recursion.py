# tries: call itself without end
# expects: l3_svm_loss_i error|crashed|timeout 0; others as honest
# %% l3_svm_loss_i
import sys

sys.setrecursionlimit(10**9)


def svm_loss_i(scores, y, delta=1.0):
    return svm_loss_i(scores, y, delta)

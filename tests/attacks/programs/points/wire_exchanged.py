# tries: let the writer of answers send something else
# expects: l3_svm_loss_i crashed|error 0; others as honest
# %% l3_svm_loss_i
import server


def svm_loss_i(scores, y, delta=1.0):
    server.pack = lambda reply: b"\xff" * 64
    return -1.0

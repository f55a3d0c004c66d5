# tries: answer True, which Python counts as 1
# expects: l3_svm_loss_i wrong 0; l3_svm_loss_naive wrong 0; others as honest
# %% l3_svm_loss_i
def svm_loss_i(scores, y, delta=1.0):
    return True


# %% l3_svm_loss_naive
def svm_loss_naive(W, X, y, reg):
    return True, True

# tries: change the arguments to zeros and answer what is right for zeros
# expects: l3_svm_loss_naive wrong 0; others as honest
# %% l3_svm_loss_naive
def svm_loss_naive(W, X, y, reg):
    W[:], X[:] = 0.0, 0.0
    y[:] = 0
    return W.shape[1] - 1.0, W

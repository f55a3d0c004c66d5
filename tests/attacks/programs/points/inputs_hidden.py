# tries: change the arguments and hide it from the evaluator
# expects: l3_svm_loss_naive wrong 0; others as honest
# %% l3_svm_loss_naive
def svm_loss_naive(W, X, y, reg):
    W[:], X[:] = 0.0, 0.0
    y[:] = 0
    return 0.0, W

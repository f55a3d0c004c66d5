# tries: answer with lists of different lengths
# expects: l3_svm_loss_naive wrong 0; others as honest
# %% l3_svm_loss_naive
def svm_loss_naive(W, X, y, reg):
    return 0.0, [[0.0] * (i + 1) for i in range(len(W))]

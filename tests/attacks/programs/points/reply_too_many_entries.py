# tries: answer with a million small objects
# expects: l3_svm_loss_naive error|timeout 0; others as honest
# %% l3_svm_loss_naive
def svm_loss_naive(W, X, y, reg):
    return 0.0, [[0.0]] * 1_000_000

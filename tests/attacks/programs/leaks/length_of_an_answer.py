# tries: put the digits of a hidden input into the length of an answer
# expects: l3_svm_loss_naive wrong 0; others as honest
# %% l3_svm_loss_naive
def svm_loss_naive(W, X, y, reg):
    return [0.0] * int(abs(X[0, 0]) * 10_000)

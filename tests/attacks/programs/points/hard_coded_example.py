# tries: answer the visible example only
# expects: l3_svm_loss_i wrong 0; others as honest
# %% l3_svm_loss_i
def svm_loss_i(scores, y, delta=1.0):
    return 2.9

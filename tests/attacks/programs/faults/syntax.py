# tries: be no Python at all
# expects: l3_svm_loss_i error 0; others as honest
# %% l3_svm_loss_i
def svm_loss_i(scores, y, delta=1.0:
    return <unfinished

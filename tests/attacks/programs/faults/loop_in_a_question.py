# tries: never answer
# expects: l3_svm_loss_i timeout 0; others as honest
# %% l3_svm_loss_i
def svm_loss_i(scores, y, delta=1.0):
    while True:
        try:
            while True:
                pass
        except BaseException:
            pass

# tries: look like a person who stops the run
# expects: l3_svm_loss_i error 0; others as honest
# %% l3_svm_loss_i
def svm_loss_i(scores, y, delta=1.0):
    raise KeyboardInterrupt


raise KeyboardInterrupt

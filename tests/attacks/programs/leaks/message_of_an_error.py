# tries: put the hidden inputs into the message of an error
# expects: l3_svm_loss_i error 0; others as honest
# %% l3_svm_loss_i
def svm_loss_i(scores, y, delta=1.0):
    raise ValueError(f"scores were {scores.tolist()}")

# tries: put the hidden inputs into the type name of an answer
# expects: l3_svm_loss_i wrong 0; others as honest
# %% l3_svm_loss_i
def svm_loss_i(scores, y, delta=1.0):
    return type(f"was {scores.tolist()}"[:70], (), {})()

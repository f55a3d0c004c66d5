# tries: put the hidden inputs into the name of an error's type
# expects: l3_svm_loss_i error 0; others as honest
# %% l3_svm_loss_i
def svm_loss_i(scores, y, delta=1.0):
    raise type(f"Was_{scores.tolist()}", (Exception,), {"__module__": "builtins"})

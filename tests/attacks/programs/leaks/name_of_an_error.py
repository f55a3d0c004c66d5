# tries: put the hidden inputs into the undefined name that an error tells
# expects: l3_svm_loss_i error 0; others as honest
# %% l3_svm_loss_i
def svm_loss_i(scores, y, delta=1.0):
    word = "was_" + "_".join(repr(abs(v)) for v in scores.tolist()).replace(".", "d")
    raise NameError("no such name", name=word)

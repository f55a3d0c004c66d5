# tries: exchange the text of the test cells before it is run
# expects: l3_svm_loss_i wrong 0; others as honest
# %% first
def empty(lines):
    text = "".join(lines)
    asked = "svm_loss_i(" in text and "def svm_loss_i" not in text
    return ["pass\n"] if asked else lines


get_ipython().input_transformers_post.append(empty)
# %% l3_svm_loss_i
def svm_loss_i(scores, y, delta=1.0):
    return -1.0

# tries: find the server by the collector and exchange what the names are bound to
# expects: l3_svm_loss_i wrong 0; others as honest
# %% l3_svm_loss_i
def svm_loss_i(scores, y, delta=1.0):
    return -1.0


# %% last
import gc

for found in gc.get_objects():
    if type(found).__name__ == "Server":
        found.bound["l3_svm_loss_i"] = {"svm_loss_i": lambda *args: "correct"}
        found.evaluators.clear()

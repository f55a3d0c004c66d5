# tries: answer with a pickle that runs code where it is read
# expects: l3_svm_loss_i wrong 0; others as honest
# %% l3_svm_loss_i
import os
import pickle


class Payload:
    def __reduce__(self):
        return os.system, ("touch /tmp/pickled",)


def svm_loss_i(scores, y, delta=1.0):
    return pickle.dumps(Payload(), 0)

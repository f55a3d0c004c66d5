# tries: exchange the probes that other checks pass in
# expects: l3_svm_loss_i wrong 0; others as honest
# %% l3_svm_loss_i
import probes

probes.PROBES.clear()
probes.make = lambda name, params: None


def svm_loss_i(scores, y, delta=1.0):
    return -1.0

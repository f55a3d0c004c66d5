# tries: end the process without a word
# expects: l3_svm_loss_i crashed 0; others as honest
# %% l3_svm_loss_i
import os

os._exit(0)

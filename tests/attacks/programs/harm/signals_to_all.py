# tries: end every process that it may
# expects: l3_svm_loss_i crashed|error 0; others as honest
# %% l3_svm_loss_i
import os
import signal

try:
    os.kill(-1, signal.SIGKILL)
except OSError:
    pass
os.kill(0, signal.SIGKILL)
os.kill(os.getpid(), signal.SIGKILL)

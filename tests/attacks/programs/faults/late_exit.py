# tries: end the process a moment later, when another exercise is at work
# expects: l3_svm_loss_i crashed|wrong 0; others as honest
# %% l3_svm_loss_i
import os
import threading
import time

import numpy as np


def later():
    time.sleep(0.05)
    os._exit(0)


threading.Thread(target=later).start()


def svm_loss_i(scores, y, delta=1.0):
    return -1.0

# tries: exchange an answer, and the arguments, between two questions by a thread
# expects: l3_svm_loss_i wrong 0; others as honest
# %% l3_svm_loss_i
import gc
import threading
import time

import numpy as np


def svm_loss_i(scores, y, delta=1.0):
    return -1.0


def better(scores, y, delta=1.0):
    return 0.0


def work():
    while True:
        time.sleep(0.001)
        svm_loss_i.__code__ = better.__code__
        for found in gc.get_objects():
            if type(found) is np.ndarray and found.flags.writeable:
                if found.base is None and found.size < 20 and found.dtype == float:
                    found[...] = 0.0


threading.Thread(target=work, daemon=True).start()

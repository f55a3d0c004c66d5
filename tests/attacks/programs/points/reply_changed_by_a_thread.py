# tries: answer with an array that a thread changes while it is being sent
# expects: l3_svm_loss_naive crashed|error|wrong 0; others as honest
# %% l3_svm_loss_naive
import threading

import numpy as np

dW = np.zeros((3, 4))
numbers = [0.0]


def work():
    step = 0
    while True:
        step += 1
        dW.resize((step % 7 + 1, 4), refcheck=False)
        numbers[:] = [0.0] * (step % 3)


threading.Thread(target=work, daemon=True).start()


def svm_loss_naive(W, X, y, reg):
    return numbers, dW

# tries: write answers of its own on the channel, in front of the true ones
# expects: l3_svm_loss_i crashed 0; others as honest
# %% l3_svm_loss_i
import os

frame = b'\x1f\x00\x00\x00\x00\x00\x00\x00\x1b\x00\x00\x00{"d":[["value",{"l":[0.0]}]]}'


def svm_loss_i(scores, y, delta=1.0):
    for number in range(3, 64):
        try:
            os.write(number, frame * 20)
        except OSError:
            pass
    return -1.0

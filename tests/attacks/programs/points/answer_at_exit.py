# tries: send a right answer as the process ends, by atexit and by a finaliser
# expects: l3_svm_loss_i crashed|error|wrong 0; others as honest
# %% l3_svm_loss_i
import atexit
import os
import sys
import weakref

frame = b'\x1f\x00\x00\x00\x00\x00\x00\x00\x1b\x00\x00\x00{"d":[["value",{"l":[0.0]}]]}'


def say():
    for number in range(3, 64):
        try:
            os.write(number, frame * 20)
        except OSError:
            pass


class Last:
    def __del__(self):
        say()


atexit.register(say)
weakref.finalize(sys, say)
kept = Last()


def svm_loss_i(scores, y, delta=1.0):
    del sys.modules["json"]
    raise SystemExit(0)

# tries: reach the test through the frames that call the function
# expects: l3_svm_loss_i wrong 0; others as honest
# prints: frames looked at
# %% l3_svm_loss_i
import sys

kept = []


def svm_loss_i(scores, y, delta=1.0):
    frame = sys._getframe()
    while frame is not None:
        for name in ("want", "expected", "points", "secret", "reference", "student"):
            if name in frame.f_locals:
                return frame.f_locals[name]
        kept.append(frame.f_code.co_name)
        frame = frame.f_back
    return -1.0


print("frames looked at")

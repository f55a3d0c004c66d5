# tries: find the number of the question on the stack and answer it with a forged reply
# expects: l3_svm_loss_i wrong|crashed 0; others as honest
# %% l3_svm_loss_i
import sys


def svm_loss_i(scores, y, delta=1.0):
    frame = sys._getframe()
    while frame is not None and "request" not in frame.f_locals:
        frame = frame.f_back
    from wire import pack

    request, server = frame.f_locals["request"], frame.f_locals["self"]
    for extra in ({"passed": True}, {"score": 2.0}, {"points": 2, "status": "correct"}):
        forged = {"number": request["number"], "value": [2.0], "after": [scores]}
        server.channel.sendall(pack({**forged, **extra}))
    return -1.0

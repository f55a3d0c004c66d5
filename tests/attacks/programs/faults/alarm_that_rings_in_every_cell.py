# tries: raise an error by a signal, whatever is at work and as often as it can
# expects: l3_svm_loss_i crashed|error|timeout|wrong 0; others as honest
# %% l3_svm_loss_i
import signal


def ring(number, frame):
    raise RuntimeError("interrupted")


for name in ("SIGALRM", "SIGVTALRM", "SIGPROF", "SIGTERM", "SIGINT", "SIGUSR1"):
    signal.signal(getattr(signal, name), ring)
signal.setitimer(signal.ITIMER_REAL, 0.02, 0.02)
signal.setitimer(signal.ITIMER_PROF, 0.02, 0.02)


def svm_loss_i(scores, y, delta=1.0):
    return -1.0

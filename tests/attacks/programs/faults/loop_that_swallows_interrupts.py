# tries: never end, whatever interrupts it
# expects: l3_svm_loss_i timeout 0; others as honest
# %% l3_svm_loss_i
import signal

for number in range(1, signal.NSIG):
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        pass
while True:
    try:
        while True:
            pass
    except BaseException:
        pass

# tries: print the hidden inputs past Python's own streams
# expects: all as honest
# %% after l3_svm_loss_naive
import os

right = svm_loss_naive


def svm_loss_naive(W, X, y, reg):
    text = repr((W.tolist(), X.tolist())).encode()
    for number in (0, 1, 2):
        try:
            os.write(number, text)
        except OSError:
            pass
    import faulthandler
    import warnings

    warnings.warn(text.decode(), stacklevel=1)
    try:
        faulthandler.dump_traceback(file=2, all_threads=True)
    except Exception:
        pass
    return right(W, X, y, reg)

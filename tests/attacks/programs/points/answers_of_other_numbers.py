# tries: answer with kinds of numbers that compare as they like
# expects: l3_svm_loss_i wrong 0; l3_svm_predict_then_run wrong 0; others as honest
# %% l3_svm_loss_i
import ctypes
import decimal
import fractions

import numpy as np


class Near(fractions.Fraction):
    __eq__ = __le__ = __ge__ = __lt__ = __gt__ = lambda self, other: True
    __hash__ = fractions.Fraction.__hash__
    __sub__ = __rsub__ = __abs__ = lambda self, *other: fractions.Fraction(0)


KINDS = [
    lambda: Near(0),
    lambda: decimal.Decimal("sNaN"),
    lambda: ctypes.c_double(0.0),
    lambda: memoryview(b"\0" * 8).cast("d"),
    lambda: np.datetime64("NaT"),
    lambda: np.zeros((), dtype=[("loss", float)])[()],
    lambda: 0j,
    lambda: b"0.0",
    lambda: range(0),
]
asked = 0


def svm_loss_i(scores, y, delta=1.0):
    global asked
    asked += 1
    return KINDS[asked % len(KINDS)]()
# %% l3_svm_predict_then_run
import decimal

svm_answers = dict.fromkeys(
    (
        *("true_score_frog", "delta_only_sets_a_scale", "car_loss_after_drop"),
        *("smallest_loss", "largest_loss", "loss_at_start", "rise_with_true_class"),
        *("mean_keeps_best_W", "squaring_keeps_best_W", "zero_loss_W_is_unique"),
        *("car_loss_under_2W", "frog_loss_under_2W"),
    ),
    decimal.Decimal("sNaN"),
)

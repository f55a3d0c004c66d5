# tries: answer with texts, numbers and lists that are something else when read again
# expects: l3_svm_predict_then_run wrong 0; l3_svm_loss_naive wrong 0; others as honest
# %% l3_svm_predict_then_run
class Text(str):
    """Is whatever it is compared with."""

    __eq__ = lambda self, other: True
    __ne__ = lambda self, other: False
    __hash__ = str.__hash__
    __getitem__ = encode = strip = lower = lambda self, *args, **options: self


class Number(int):
    """Is 0 when it is looked at, and right when it is compared."""

    reads = 0

    def __index__(self):
        Number.reads += 1
        return Number.reads % 2

    __int__ = __float__ = __trunc__ = __index__
    __eq__ = lambda self, other: True
    __hash__ = int.__hash__
    bit_length = lambda self: 1


class Turning(dict):
    """Has other entries each time it is read."""

    reads = 0

    def items(self):
        self.reads += 1
        return [(key, Text("larger") if self.reads % 2 else Number(3)) for key in self]

    __getitem__ = lambda self, key: Text("smaller")
    keys = lambda self: list(dict.keys(self))


svm_answers = Turning(
    (key, Text("same"))
    for key in (
        *("true_score_frog", "delta_only_sets_a_scale", "car_loss_after_drop"),
        *("smallest_loss", "largest_loss", "loss_at_start", "rise_with_true_class"),
        *("mean_keeps_best_W", "squaring_keeps_best_W", "zero_loss_W_is_unique"),
        *("car_loss_under_2W", "frog_loss_under_2W"),
    )
)
# %% l3_svm_loss_naive
class Pair(list):
    def __iter__(self):
        yield from (Number(1), Number(1))

    __len__ = lambda self: 2


def svm_loss_naive(W, X, y, reg):
    return Pair([Text("0"), Number(7)])

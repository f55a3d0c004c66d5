"""A net tuned on the digits: reference and hidden checks.

``best_net`` is judged by digits that neither the student nor the student's process has
ever held (:mod:`unseen_digits`). They do not go there either: the grader takes the four
arrays of ``best_net.params`` out and computes the scores itself. So a ``predict`` that
looks pictures up in a table is never asked, and a table cannot hide in ``params``:
their shapes are those of one hidden layer of at most ``MAX_HIDDEN`` units. The better
of two readings counts, pixels as they are and pixels less the mean training picture,
because students may do either.

A net trained elsewhere does not help. Under grading there is no network and no file of
the student's own, so its weights would have to stand in the notebook. Where that holds
so many numbers or so much text that they could
(:func:`autograder.exercise.packed_numbers.stored_numbers`), or names the linear SVM
that comes with the library, the notebook is run once more, on digits whose classes have
other names. A net that is trained learns those; one that was brought along stays what
it is or still reads the old ones, and earns nothing. Long remarks and old code thus
cost nobody a point. Where the second run does not end, or brings a net that has learned
neither names as well as the first one did, a person decides. A net whose scores are a
linear function of the pixels earns nothing either.

The credit is a straight line from ``NO_CREDIT`` to ``FULL_CREDIT`` accuracy.
"""

import numpy as np

from autograder.exercise import (
    BackendGone,
    CheckFailed,
    Exercise,
    InDoubt,
    Student,
    check,
    stored_numbers,
)
from cs231n_lib.data import load_digits

from ....unseen_digits import unseen_digits
from ..l4_two_layer_net.checks import TwoLayerNet
from ..net_params import NAMES, Params, fetch_params
from .later import Later

MAX_HIDDEN = 500
NO_CREDIT, FULL_CREDIT = 0.75, 0.90  # accuracy on unseen digits

EXERCISE = Exercise(
    points=5,
    names=("best_net",),
    title="A net tuned on the digits",
    kind="value",
    given={"TwoLayerNet": TwoLayerNet, "load_digits": load_digits},
    leans_on=("l4_two_layer_loss", "l4_two_layer_net"),
)


def trained():
    """Train long enough, with a rate that a short search would find."""
    digits = load_digits()
    data = digits.X_train, digits.y_train, digits.X_val, digits.y_val
    net = TwoLayerNet(64, 80, 10, std=0.1, rng=np.random.default_rng(0))
    net.train(*data, 1.0, 0.95, 1e-3, num_iters=600, batch_size=100)
    return net


best_net = Later(trained)


@check("accuracy on digits that nobody has seen", 5)
def unseen_accuracy(student: Student, rng: np.random.Generator) -> None:
    kind = student.fetch(student.name("best_net"))
    if kind is None or kind is Ellipsis:
        raise CheckFailed("it is not filled in yet", "unanswered")
    net = student.name("best_net")
    params = fetch_params(student, net)
    student.transcript.clear()
    found = _fault(params)
    if not found:
        share, found = _credit(params, rng)
        if _could_be_stored(student.backend.source("best_net") or ""):
            try:
                share, found = _trained_again(student, params, rng) or (share, found)
            except InDoubt:
                if share > 0:  # else no point depends on it
                    raise
        if not found:
            return
        student.transcript.append(("net", found))
        raise CheckFailed(_REASONS[found], "value", share=share)
    student.transcript.append(("net", found))
    raise CheckFailed(_REASONS[found], _KINDS.get(found, "value"))


_REASONS = {
    "shapes": "params do not have the shapes (64, H), (H,), (H, 10), (10,)",
    "wide": f"there are more than {MAX_HIDDEN} hidden units",
    "infinite": "params has entries that are not finite",
    "stored": "its weights stay what they are when the classes of the training digits "
    "have other names; they must be learned while the notebook runs",
    "constant": "the scores are the same for every digit",
    "linear": "the scores are a linear function of the pixels, so that the hidden "
    "layer does nothing",
    "guessing": "it reads hardly more of the unseen digits than a guess would",
    "narrow": "it reads fewer of the unseen digits than full points need, also of the "
    "training digits",
    "short": "it reads fewer of the unseen digits than full points need, also of the "
    "training digits, though it has units enough",
    "close": "it reads fewer of the unseen digits than full points need",
}
_KINDS = {"shapes": "shape", "infinite": "finite"}
_UNDECIDED = (
    "running the notebook a second time did not show whether the net is trained there; "
    "a person will look at it"
)


# Each class has the name of the next but two.
RENAMED = """
def _rename():
    import dataclasses
    import sys

    load = sys.modules["cs231n_lib.data.digits"].load_digits

    def load_digits():
        digits = load()
        labels = {
            part: (getattr(digits, part) + 3) % 10
            for part in ("y_train", "y_val", "y_test")
        }
        return dataclasses.replace(digits, **labels)

    for module in ("cs231n_lib.data", "cs231n_lib.data.digits"):
        sys.modules[module].load_digits = load_digits

import cs231n_lib.data
_rename()
del _rename
"""


# What chance does to the accuracy of a net that is trained again stays below this.
AS_WELL = 0.1


def _could_be_stored(source: str) -> bool:
    """Tell whether a notebook could hold the weights of a net."""
    return bool(stored_numbers(source)) or "digits_svm" in source


def _trained_again(
    student: Student, params: Params, rng: np.random.Generator
) -> tuple[float, str] | None:
    """Look at the net that the notebook makes when the classes have other names.

    Returns
    -------
    tuple or None
        What a net earns that has not learned, and what is amiss; None for one that has.

    Raises
    ------
    InDoubt
        Neither can be told.
    """
    try:
        with student.again(RENAMED) as other:
            if other is None:  # known code of the bank: its text is all there is
                return 0.0, "stored"
            again = fetch_params(other, other.name("best_net"))
    except (BackendGone, CheckFailed):
        raise InDoubt(_UNDECIDED) from None
    if _fault(again):
        raise InDoubt(_UNDECIDED)
    if all(np.array_equal(params[name], again[name]) for name in NAMES):
        return 0.0, "stored"
    X, y = unseen_digits(rng)
    mean = load_digits().X_train.mean(axis=0)

    def best(net: Params, labels: np.ndarray) -> float:
        read = [_scores_of(net, X - m).argmax(axis=1) for m in (0.0, mean)]
        return float(max(np.mean(found == labels) for found in read))

    least = best(params, y) - AS_WELL
    if best(again, (y + 3) % 10) >= least:
        return None
    if best(again, y) >= least:
        return 0.0, "stored"
    raise InDoubt(_UNDECIDED)


def _fault(params: Params) -> str:
    """Say why `params` are no trained net of the form asked for; empty if they are."""
    H = params["b1"].size
    wanted = {"W1": (64, H), "b1": (H,), "W2": (H, 10), "b2": (10,)}
    if not H or any(params[name].shape != wanted[name] for name in NAMES):
        return "shapes"
    if H > MAX_HIDDEN:
        return "wide"
    if not all(np.isfinite(params[name]).all() for name in NAMES):
        return "infinite"
    return ""


def _scores_of(params: Params, X: np.ndarray) -> np.ndarray:
    """Go through the net here, in the grader."""
    W1, b1, W2, b2 = (params[name].astype(float) for name in NAMES)
    return np.maximum(0, X @ W1 + b1) @ W2 + b2


def _is_linear(X: np.ndarray, scores: np.ndarray) -> bool:
    """Tell whether scores are a linear function of the pixels, but for rounding."""
    pixels = np.hstack([X, np.ones((len(X), 1))])
    rest = scores - pixels @ np.linalg.lstsq(pixels, scores, rcond=None)[0]
    return bool(np.abs(rest).max() < 1e-6 * np.abs(scores).max())


def _credit(params: Params, rng: np.random.Generator) -> tuple[float, str]:
    """Return the share of the points and, where it is not all, what is amiss."""
    X, y = unseen_digits(rng)
    digits = load_digits()
    readings = []
    for mean in (0.0, digits.X_train.mean(axis=0)):
        scores = _scores_of(params, X - mean)
        readings.append((np.mean(scores.argmax(axis=1) == y), mean, scores))
    accuracy, mean, scores = max(readings, key=lambda reading: reading[0])
    if np.ptp(scores, axis=0).max() <= 1e-9 * np.abs(scores).max():
        return 0.0, "constant"
    if accuracy > 0.5 and _is_linear(X, scores):
        return 0.0, "linear"
    share = (accuracy - NO_CREDIT) / (FULL_CREDIT - NO_CREDIT)
    if share >= 1:
        return 1.0, ""
    train = _scores_of(params, digits.X_train - mean).argmax(axis=1)
    if accuracy < 0.25:
        found = "guessing"
    elif np.mean(train == digits.y_train) > 0.95:
        found = "close"
    else:
        found = "narrow" if params["b1"].size < 8 else "short"
    return max(share, 0.0), found

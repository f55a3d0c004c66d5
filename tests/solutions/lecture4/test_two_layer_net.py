"""The tuned net: credit grows with accuracy, and short cuts bring none."""

import base64
import itertools
import json
import re
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from autograder.course.course import load_course
from autograder.course.exercises import course_exercises, get
from autograder.course.handout import load_handouts
from autograder.demo_class import fill
from autograder.exercise.backend import LocalBackend
from autograder.judging.decide import decide
from autograder.judging.explain import lines
from autograder.judging.judge import judge
from autograder.sandbox.gone import BackendGone
from cs231n_lib.data import load_digits
from cs231n_lib.data.digits_svm import load_digits_svm

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[3]
TUNE = get("l4_tune")
TwoLayerNet = get("l4_two_layer_net").reference_names["TwoLayerNet"]
two_layer_loss = get("l4_two_layer_loss").reference_names["two_layer_loss"]
records = course_exercises().module("lecture4/05_two_layer_net/l4_tune/checks")
digits_module = course_exercises().module("unseen_digits")
distorted, unseen_digits = digits_module.distorted, digits_module.unseen_digits


def score(net, source=None, secret=b"unseen"):
    backend = LocalBackend({"best_net": net}, {"best_net": source} if source else {})
    return decide(TUNE, backend, secret)[0].score


def trained(num_iters, hidden_size=40):
    digits = load_digits()
    data = digits.X_train, digits.y_train, digits.X_val, digits.y_val
    net = TwoLayerNet(64, hidden_size, 10, std=0.1, rng=np.random.default_rng(0))
    net.train(*data, 0.5, 1.0, 1e-3, num_iters=num_iters, batch_size=50)
    return net


class Lookup:
    """Answers by the nearest of all pictures that ship with the library."""

    def __init__(self):
        self.params = TwoLayerNet(64, 50, 10, rng=np.random.default_rng(0)).params

    def predict(self, X):
        digits = load_digits()
        known = np.vstack([digits.X_train, digits.X_val, digits.X_test])
        y = np.concatenate([digits.y_train, digits.y_val, digits.y_test])
        return y[((X[:, None] - known) ** 2).sum(axis=2).argmin(axis=1)]


def test_credit_grows_with_training():
    scores = [score(trained(n)) for n in (0, 40, 60, 600)]
    assert scores[0] == 0
    assert all(one < two for one, two in itertools.pairwise(scores)), scores
    assert scores[-1] == 5


def test_a_table_of_all_pictures_brings_nothing():
    assert score(Lookup()) == 0


def test_weights_from_elsewhere_bring_nothing():
    net = trained(600)
    assert score(net) == 5
    raw = b"".join(net.params[name].astype(np.float16).tobytes() for name in net.params)
    text = base64.b85encode(raw).decode()
    assert score(net, f"best_net = unpack({text!r})") == 0
    assert score(net, f"W1 = {net.params['W1'].round(2).tolist()}") == 0


class TwoRuns(LocalBackend):
    """A notebook whose text could hold weights, and what its second run brings."""

    def __init__(self, first, second):
        super().__init__({"best_net": first}, {"best_net": f"W = {[0.1234567] * 400}"})
        self.second = second

    @contextmanager
    def again(self, first):
        if isinstance(self.second, Exception):
            raise self.second
        yield LocalBackend({"best_net": self.second} if self.second else {})


def renamed(net, by=3):
    """Return the net that reads the same pictures by other names."""
    params = {k: v.copy() for k, v in net.params.items()}
    for name in ("W2", "b2"):
        params[name] = np.roll(params[name], by, axis=-1)
    return SimpleNamespace(params=params)


def broken(net):
    return SimpleNamespace(params={**net.params, "b1": np.full(40, np.nan)})


@pytest.mark.parametrize(
    ("second", "status", "points"),
    [
        (renamed, "correct", 5),  # it learned the names that it was given
        (lambda net: net, "wrong", 0),  # to the bit what it was
        (lambda net: renamed(net, 0), "wrong", 0),
        (lambda net: trained(600), "wrong", 0),  # it reads the names of old
        (lambda net: renamed(net, 5), "manual", 0),
        (lambda net: trained(0), "manual", 0),
        (broken, "manual", 0),
        (lambda net: None, "manual", 0),  # the name is not there
        (lambda net: BackendGone("timeout"), "manual", 0),
        (lambda net: BackendGone("crashed"), "manual", 0),
    ],
    ids="learned same copied old others untrained broken none late dead".split(),
)
def test_a_text_that_could_hold_weights_is_judged_by_its_second_run(
    second, status, points
):
    net = trained(600)
    verdict, _ = decide(TUNE, TwoRuns(net, second(net)), b"unseen")
    assert (verdict.status, verdict.score) == (status, points)
    if status == "manual":
        said = " ".join(lines(verdict))
        assert "a person will look at it" in said
        assert not re.search("cheat|stolen|copied|elsewhere|brought", said)


def test_a_net_that_reads_nothing_is_not_made_again():
    verdict, _ = decide(TUNE, TwoRuns(trained(0), AssertionError()), b"unseen")
    assert (verdict.status, verdict.score) == ("wrong", 0)


def test_the_svm_of_the_library_brings_nothing():
    W, mean = load_digits_svm(), load_digits().X_train.mean(axis=0)
    net = TwoLayerNet(64, 20, 10, rng=np.random.default_rng(0))
    bias = W[-1] - mean @ W[:-1]
    net.params["W1"] = np.hstack([W[:-1], -W[:-1]])
    net.params["b1"] = np.hstack([bias, -bias])
    net.params["W2"] = np.vstack([np.eye(10), -np.eye(10)])
    assert score(net) == 0
    assert score(trained(600), "from cs231n_lib.data.digits_svm import x") == 0


@pytest.mark.parametrize(
    "change",
    [
        {"W1": np.zeros((64, 501)), "b1": np.zeros(501), "W2": np.zeros((501, 10))},
        {"W1": np.zeros((65, 40))},
        {"b2": np.zeros((1, 10))},
        {"W2": "weights"},
        {"W1": np.full((64, 40), np.nan)},
        {"b1": np.zeros(0)},
    ],
    ids=["too wide", "65 rows", "b2 as a row", "text", "nan", "no units"],
)
def test_what_is_no_net_of_this_form_brings_nothing(change):
    net = trained(0)
    net.params |= change
    assert score(net) == 0


def test_none_is_unanswered():
    verdict, _ = decide(TUNE, LocalBackend({"best_net": None}), b"")
    assert verdict.status == "unanswered"


def test_unseen_digits_differ_from_all_that_ship_and_from_one_another():
    X, y = unseen_digits(np.random.default_rng(1))
    again, _ = unseen_digits(np.random.default_rng(1))
    other, _ = unseen_digits(np.random.default_rng(2))
    assert X.shape == (1500, 64)
    assert np.bincount(y).min() > 100
    assert 0 <= X.min() < X.max() <= 1
    np.testing.assert_array_equal(X, again)
    digits = load_digits()
    known = np.vstack([digits.X_train, digits.X_val, digits.X_test])
    for rows in (known, other):
        gap = (X**2).sum(1)[:, None] - 2 * X @ rows.T + (rows**2).sum(1)
        assert gap.min() > 0.01


def test_pictures_keep_their_ink_and_place_on_the_whole():
    picture = np.zeros((1, 8, 8))
    picture[0, 2:6, 3:5] = 1.0
    many = distorted(np.repeat(picture, 400, axis=0), np.random.default_rng(0))
    np.testing.assert_allclose(many.mean(axis=0), picture[0], atol=0.35)
    assert many.mean() == pytest.approx(picture.mean(), rel=0.15)


def test_the_fast_net_is_the_slow_one_and_keeps_float32():
    rng = np.random.default_rng(0)
    net = TwoLayerNet(5, 7, 3, std=1.0, rng=rng)
    X, y = rng.standard_normal((6, 5)), rng.integers(3, size=6)
    loss, grads = net.loss(X, y, 0.3)
    want, want_grads = two_layer_loss(net.params, X, y, 0.3)
    assert loss == pytest.approx(want)
    for name, gradient in grads.items():
        np.testing.assert_allclose(gradient, want_grads[name], atol=1e-12)
    X = X.astype(np.float32)
    net.train(X, y, X, y, num_iters=2, batch_size=3)
    _, grads = net.loss(X, y, 0.3)
    assert {value.dtype for value in grads.values()} == {np.dtype(np.float32)}
    assert net.loss(X).dtype == np.float32


UNTRAINED = """
class TwoLayerNet:
    def __init__(self, D, H, C, std=1e-4, rng=None):
        rng = np.random.default_rng() if rng is None else rng
        self.params = {"W1": std * rng.standard_normal((D, H)), "b1": np.zeros(H)}
        self.params |= {"W2": std * rng.standard_normal((H, C)), "b2": np.zeros(C)}

    def loss(self, X, y=None, reg=0.0):
        return two_layer_loss(self.params, X, y, reg)

    def predict(self, X):
        return self.loss(X).argmax(axis=1)

    def train(self, X, y, X_val, y_val, **settings):
        return {"loss_history": [], "train_acc_history": [], "val_acc_history": []}
"""
TUNED = """
best_net = TwoLayerNet(64, 60, 10, std=0.1, rng=np.random.default_rng(0))
best_net.train(
    *(digits.X_train, digits.y_train, digits.X_val, digits.y_val),
    learning_rate=0.5, learning_rate_decay=1.0, reg=1e-3, num_iters=500, batch_size=50,
)
"""
# The same by a loop of one's own, which writes into what it reads of the net.
OWN_LOOP = """
rng = np.random.default_rng(0)
best_net = TwoLayerNet(64, 60, 10, std=0.1, rng=rng)
for _ in range(600):
    rows = rng.choice(1000, size=50, replace=False)
    _, grads = best_net.loss(digits.X_train[rows], digits.y_train[rows], 1e-3)
    for name in best_net.params:
        best_net.params[name] -= 0.5 * grads[name]
"""


@pytest.mark.parametrize(
    ("net", "tune"),
    [(UNTRAINED, TUNED), ("raise NotImplementedError", TUNED), ("", OWN_LOOP)],
    ids=["wrong", "unanswered", "own_loop"],
)
def test_a_net_that_does_not_train_costs_its_own_points_alone(sandbox, net, tune):
    """What is tuned is asked with a right class in place of the student's."""
    handouts = load_handouts(ROOT, "lecture4")
    handout = next(h for h in handouts if h.stem == "05_two_layer_net")
    loss = get("l4_two_layer_loss").usual.source
    texts = {"l4_two_layer_loss": loss, "l4_two_layer_net": net, "l4_tune": tune}
    data = json.dumps(fill(handout, texts)).encode()
    judgement = judge(handout, data, b"lent", sandbox, load_course(ROOT).settings)
    verdicts = {v.exercise: v for v in judgement.judgement.verdicts}
    assert verdicts["l4_two_layer_net"].score < 8
    assert verdicts["l4_tune"].score == 5, verdicts["l4_tune"]
    assert verdicts["l4_tune"].note == (
        "asked with a right TwoLayerNet, for the one handed in is not"
    )

"""What a student reads: for each kind of wrong answer the whole text."""

from __future__ import annotations

import linecache
from textwrap import dedent

import numpy as np
import pytest

from cs231n_lib import checks
from cs231n_lib.checks import CheckFailed

VALUE = "work a small case by hand and print each intermediate result beside it"
SHAPE = "print the shape of each array in the line that makes it"
TYPE = "compare what the function returns with what the exercise asks for"
FORM = "give each key a value of the kind that the question asks for"
KEY = "take the keys from the answer cell as they stand"
WHOLE = "say the same with whole arrays: indexing, sums along an axis, matrix products"
FINITE = "look for the first line whose result is not finite"
SLOPE = "work out the loss and this one slope by hand: either may be the wrong one"
PENALTY = (
    "compare your answers for reg = 0 and for this reg: they differ by that term alone"
)
CONDITION = (
    "print what the check looks at, and follow it back to the line that makes it"
)
COMPARE = "compare it with what the exercise asks for; used in"
SIGN = (
    "a minus sign is lost on the way, or there is one too many",
    "follow the sign through each factor that it is made of",
)
COUNT = iter(range(1000))


def defined(source: str):
    """Define a function as a cell of this notebook does."""
    text, cell = dedent(source), f"<answer {next(COUNT)}>"
    linecache.cache[cell] = len(text), None, text.splitlines(True), cell
    exec(compile(text, cell, "exec"), globals())  # noqa: S102 - the test's own text
    return globals()["answer"]


def returns(value):
    return lambda *args, **kwargs: value


def told(ask) -> str:
    with pytest.raises(CheckFailed) as caught, checks.exercise("l0_x") as check:
        ask(check)
    text = str(caught.value)
    assert text.startswith("l0_x: ")
    return text.removeprefix("l0_x: ")


M = np.array([[1.0, -2.5, 3.0], [4.0, 5.0, -6.25]])
FLAT = np.full((2, 3), 53.13)
TWO = {"parts": ("loss", "dW"), "shapes": {"dW": "(D, C)"}, "label": "reg 0.1"}
PAIR = {"parts": ("f", "(dx, dy)"), "label": "the notes"}
DATA = np.array([[0.5, 0.25, 1.0], [2.0, -1.0, 0.5]])
REG = 0.1
LOSS = 4.321 + REG * (M * M).sum()


def loss_with(penalty, slope):
    return lambda W, reg: (4.321 + penalty(W, reg), DATA + slope * reg * W)


def compared(got, want, **options):
    return lambda check: check.call(returns(got), expect=want, **options)


def penalized(penalty, slope):
    want = LOSS, DATA + 2 * REG * M
    function = loss_with(penalty, slope)
    return lambda check: check.call(function, M, REG, expect=want, **TWO)


TABLE = {
    "a number": (
        compared(3.9, 2.9, label="cat image"),
        ["cat image: is too large (got 3.9, expected 2.9)", VALUE],
    ),
    "a ratio that may be chance": (
        compared(2.0, 1.0, label="3 and 4"),
        ["3 and 4: is too large (got 2, expected 1)", VALUE],
    ),
    "a ratio that is none": (
        compared(2 * 15.8 / 3, 15.8 / 3, label="reg 0"),
        ["reg 0: is 2 times what it should be (got 10.5333, expected 5.26667)", VALUE],
    ),
    "nearly right": (
        compared(27.6310205, 27.7, label="lead of 40"),
        ["lead of 40: is too small (got 27.631, expected 27.7)", VALUE],
    ),
    "a sign": (
        compared(-2.9, 2.9, label="cat image"),
        [
            "cat image: has the right size but the wrong sign (got -2.9, expected 2.9)",
            *SIGN,
        ],
    ),
    "the second of two parts": (
        compared((1.5, M.T), (1.5, M), **TWO),
        [
            "reg 0.1: dW: shape (3, 2), expected (D, C) = (2, 3); it looks transposed",
            SHAPE,
        ],
    ),
    "an inner part": (
        compared((1.5456, (0.5121, 1.59)), (1.5456, (2.0596, 1.59)), **PAIR),
        ["the notes: dx: is too small (got 0.5121, expected 2.0596)", VALUE],
    ),
    "an entry of a list": (
        compared((0.3, [50.0, 100.0]), (0.3, [0.5, 1.0]), parts=("best", "accuracies")),
        ["accuracies[0]: is too large (got 50, expected 0.5)", VALUE],
    ),
    "too few inner parts": (
        compared((1.5, (2.0,)), (1.5, (2.0, 3.0)), **PAIR),
        [
            "the notes: (dx, dy): got 1 value, expected (dx, dy) "
            "(got (2.0,), expected (2.0, 3.0))",
            SHAPE,
        ],
    ),
    "a named part of an equal": (
        lambda check: check.equal(
            (10.0, 10.0), (15.0, 10.0), "MultiplyGate backward", parts=("dx", "dy")
        ),
        ["MultiplyGate backward: dx: is too small (got 10, expected 15)", VALUE],
    ),
    "a shape": (
        lambda check: check.equal((4,), (4, 4), "shape of the Jacobian"),
        [
            "shape of the Jacobian: got 1 value, expected 2 values "
            "(got (4,), expected (4, 4))",
            SHAPE,
        ],
    ),
    "nothing returned": (
        compared((1.0, None), (1.0, M), **TWO),
        [
            "reg 0.1: dW: got None, expected an array of shape (D, C) = (2, 3); "
            "is a return statement missing?",
            TYPE,
        ],
    ),
    "one thing for two": (
        compared(1.0, (1.0, M), **TWO),
        ["reg 0.1: the function: got a number, expected (loss, dW)", TYPE],
    ),
    "a gradient that is halved": (
        compared(M / 2, M, label="dx"),
        ["dx: is 1/2 times what it should be, everywhere (got 0.5, expected 1)", VALUE],
    ),
    "radians": (
        compared(np.radians(FLAT), FLAT, label="(3, 4)"),
        [
            "(3, 4): differs in every entry, the first at [0, 0] "
            "(got 0.927293, expected 53.13)",
            VALUE,
        ],
    ),
    "one number for many": (
        compared(np.ones(3), M[0], label="slope"),
        [
            "slope: is the same number everywhere, where it should vary "
            "(got 1, expected -2.5)",
            VALUE,
        ],
    ),
    "an array of one entry": (
        compared(np.zeros((1, 1)), np.full((1, 1), -1.0), label="the example"),
        ["the example: is too large (got 0, expected -1)", VALUE],
    ),
    "never filled in": (
        compared(0 * M, M, label="dW"),
        ["dW: is zero everywhere; is it filled in? (got 0, expected 1)", VALUE],
    ),
    "not finite": (
        compared(np.where(M > 4, np.nan, M), M, label="dW"),
        [
            "dW: entry [1, 1] is not finite (nan)",
            "a division by zero, an overflow, or the logarithm of zero",
            FINITE,
        ],
    ),
    "half the penalty": (
        penalized(lambda W, reg: reg / 2 * (W * W).sum(), 2),
        [
            "reg 0.1: loss: is right but for the regularization term "
            "(got 9.13663, expected 13.9523)",
            PENALTY,
        ],
    ),
    "a norm for its square": (
        penalized(lambda W, reg: reg * np.linalg.norm(W), 2),
        [
            "reg 0.1: loss: is right but for the regularization term "
            "(got 5.30239, expected 13.9523)",
            PENALTY,
        ],
    ),
    "a penalty without its slope": (
        penalized(lambda W, reg: reg * (W * W).sum(), 0),
        [
            "reg 0.1: dW: is right but for the regularization term "
            "(got 0.5, expected 0.7)",
            PENALTY,
        ],
    ),
    "a penalty that ignores reg": (
        penalized(lambda W, reg: (W * W).sum(), 2),
        ["reg 0.1: loss: is too large (got 100.633, expected 13.9523)", VALUE],
    ),
    "a condition": (
        lambda check: check.true(False, "history: the best loss so far goes up"),
        ["history: the best loss so far goes up", CONDITION],
    ),
    "a slope that does not fit": (
        lambda check: check.gradient(
            lambda x: (x**3).sum(), np.array([3.0, 11.0]), np.array([1.0, 2.0])
        ),
        [
            "gradient: wrong at [1]: 11, numeric 12 "
            "(relative error 8.3e-02, 1 of 2 entries checked disagree)",
            SLOPE,
        ],
    ),
    "a bias that is not used": (
        lambda check: check.gradient(
            lambda b: 7.0, np.ones(2), np.array([1.0, 2.0]), name="db"
        ),
        [
            "f does not change when b changes, and zeros equal zeros prove nothing: "
            "does f use b? If so, check at another b",
            SHAPE,
        ],
    ),
    "a gradient of the bias that is a row": (
        lambda check: check.gradient(
            lambda b: (b**2).sum(), np.ones((1, 2)), np.array([1.0, 2.0]), name="db1"
        ),
        ["db1: shape (1, 2), expected that of b1, (2,)", SHAPE],
    ),
    "a word that is not offered": (
        lambda check: check.answers({"term": "Delta"}, {"term": ("max", "tie")}),
        ["'term': got 'Delta', expected one of 'max', 'tie'", FORM],
    ),
    "no number": (
        lambda check: check.answers({"slope": float("nan")}, {"slope": float}),
        ["'slope': got nan, expected a number", FORM],
    ),
    "an unknown key": (
        lambda check: check.answers({"slop": 1.0, "slope": 2.0}, {"slope": float}),
        ["unknown key 'slop'", KEY],
    ),
    "no function": (
        lambda check: check.call(3.0, 1.0, expect=2.0),
        ["got a number, expected a function", "define it with def in the answer cell"],
    ),
    "another signature": (
        lambda check: check.call(lambda x: x, 1.0, 2.0, expect=2.0),
        [
            "arguments: the signature is `(x)`, the call has 2 by position "
            "(too many positional arguments)",
            "keep the signature that the exercise gives",
        ],
    ),
    "a loop": (
        lambda check: check.no_loops(
            defined("def answer(x):\n    for v in x:\n        x = x + v\n"),
            [np.ones(3)],
            rows=[np.ones(60)],
        ),
        ["answer: there is a loop over the rows: `for v in x:`", WHOLE],
    ),
    "an error inside NumPy": (
        lambda check: check.call(
            defined("def answer(x):\n    y = 2 * x\n    return np.sum(y, axis=3)\n"),
            np.ones(2),
            label="one row",
        ),
        [
            "one row: raised AxisError: axis 3 is out of bounds for array of "
            "dimension 1",
            "the array that comes here has one axis, axis 0",
            "print its shape; look at line 3 of `answer`: `return np.sum(y, axis=3)`",
        ],
    ),
    "a name that is missing": (
        lambda check: check.call(
            defined("def answer(x):\n    return missing(x)\n"), 1.0
        ),
        [
            "raised NameError: name 'missing' is not defined",
            "look at line 2 of `answer`: `return missing(x)`",
        ],
    ),
    "endless recursion": (
        lambda check: check.equal(
            defined("def answer(x):\n    return answer(x)\n")(1.0), 1.0
        ),
        [
            "raised RecursionError: maximum recursion depth exceeded",
            "a function calls itself, or its methods call each other, without an end",
            "look at line 2 of `answer`: `return answer(x)`: what ends the calls?",
        ],
    ),
    "a number that is used as an array": (
        lambda check: check.call(
            defined("def answer(x):\n    return x[x > 0]\n"), 1.5, label="a number"
        ),
        [
            "a number: raised TypeError: 'float' object is not subscriptable",
            "a plain number comes here, which has no entries and no shape",
            "`np.asarray` makes an array of it; look at line 2 of `answer`: "
            "`return x[x > 0]`",
        ],
    ),
    "the truth of an array": (
        lambda check: check.call(
            defined("def answer(y):\n    if not y:\n        return 0\n"), np.ones(2)
        ),
        [
            "raised ValueError: The truth value of an array with more than one element "
            "is ambiguous. Use a.any() or a.all()",
            "an array of several entries is neither true nor false",
            "look at line 2 of `answer`: `if not y:`; `is None` asks whether there is "
            "one",
        ],
    ),
    "a name that gets its value further down": (
        lambda check: check.call(
            defined("def answer(x):\n    y = np.sum(x)\n    np = 1\n    return y\n"),
            np.ones(2),
        ),
        [
            "raised UnboundLocalError: cannot access local variable 'np' where it is "
            "not associated with a value",
            "the function gives `np` a value further down, so `np` is a name of its "
            "own in all of it, without a value here",
            "look at line 2 of `answer`: `y = np.sum(x)`; is `np` to be another name "
            "there?",
        ],
    ),
    "a package that is not there": (
        lambda check: check.call(
            defined("def answer(x):\n    import no_such_package\n"), np.ones(2)
        ),
        [
            "raised ModuleNotFoundError: No module named 'no_such_package'",
            "the package `no_such_package` is not installed here",
            "use NumPy and what the notebook imports",
        ],
    ),
    "what NumPy no longer has": (
        lambda check: check.call(
            defined("def answer(x):\n    return np.no_such_name(x)\n"), np.ones(2)
        ),
        [
            "raised AttributeError: module 'numpy' has no attribute 'no_such_name'",
            "this NumPy has no `np.no_such_name`",
            "look at line 2 of `answer`: `return np.no_such_name(x)`; how is the name "
            "spelt in the documentation?",
        ],
    ),
    "a generator that is left alone": (
        lambda check: check.call(
            lambda rng: 0.25, np.random.default_rng(0), expect=0.5, label="a draw"
        ),
        [
            "a draw: is too small (got 0.25, expected 0.5)",
            "nothing is drawn from the generator that is handed in",
            "call the methods of `rng`, whatever is drawn; then the same seed gives "
            "the same result",
        ],
    ),
    "a generator that is drawn from": (
        lambda check: check.call(
            lambda rng: rng.random() + 1, np.random.default_rng(0), expect=-0.123
        ),
        ["the function: is too large (got 1.63696, expected -0.123)", VALUE],
    ),
    "a result that the check cannot use": (
        lambda check: check.equal(
            defined("def answer(x):\n    return x\n")(1.0)[0], 1.0, "first"
        ),
        [
            "this check cannot use what your code gives "
            "(TypeError: 'float' object is not subscriptable)",
            f'{COMPARE} `defined("def answer(x):\\n    return x\\n")(1.0)[0], 1.0, '
            '"first"`',
        ],
    ),
    "a printed result": (
        lambda check: check.call(
            defined("def answer(x):\n    print('loss', x)\n"), 1.0, expect=1.0
        ),
        [
            "got None, but the function printed 'loss 1.0'",
            "the result is printed instead of returned",
            "put return where the last print stands",
        ],
    ),
    "a changed argument": (
        lambda check: check.call(
            defined("def answer(x):\n    x += 1\n    return x\n"),
            np.ones(2),
            expect=np.array([2.0, 2.0]),
            label="ones",
        ),
        [
            "ones: answer changes its argument x; work on a copy",
            "`x[...] =` and `x +=` write into the caller's array",
            "look for the line of yours that does so",
        ],
    ),
}


@pytest.mark.parametrize("kind", TABLE)
def test_the_whole_text(kind) -> None:
    ask, lines = TABLE[kind]
    what, *likely, step = lines
    expected = [what]
    expected += [f"Likely reason: {text}." for text in likely]
    expected.append(f"Next step: {step}{'' if step.endswith('?') else '.'}")
    assert told(ask).splitlines() == expected


def test_the_first_fault_is_told_and_the_rest_runs_all_the_same() -> None:
    seen = []

    def ask(check) -> None:
        check.call(returns(3.9), expect=2.9, label="cat image")
        seen.append(check.call(returns(1.0), expect=1.0, label="car image"))
        check.equal(None, 3.0)

    assert "cat image: is too large" in told(ask)
    assert seen == [1.0]

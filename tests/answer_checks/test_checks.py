"""The visible checks: what passes, what is refused, and what the student reads."""

from __future__ import annotations

import io
import re
import subprocess
import sys

import numpy as np
import pytest
from IPython.core.interactiveshell import InteractiveShell

from cs231n_lib import checks
from cs231n_lib.checks import CheckFailed

SCORES = np.array([3.2, 5.1, -1.7])


def loss_i(scores, y, delta=1.0):
    total = 0.0
    for j, score in enumerate(scores):
        if j != y:
            total += max(0.0, score - scores[y] + delta)
    return total


def linear(W, X, reg):
    """Sum of all scores plus a penalty, with its gradient."""
    return (X @ W).sum() + reg * (W * W).sum(), np.outer(
        X.sum(axis=0), np.ones(W.shape[1])
    ) + 2 * reg * W


def failure(function, *args, **options) -> str:
    with pytest.raises(CheckFailed) as caught, checks.exercise("l3_x") as check:
        check.call(function, *args, **options)
    message = str(caught.value)
    assert message.startswith("l3_x: ")
    assert len(message.splitlines()) <= 5
    return message


def test_success_says_what_it_showed_and_returns_the_result(capsys) -> None:
    with checks.exercise("l3_svm_loss_i") as check:
        loss = check.call(loss_i, SCORES, 0, expect=2.9, label="cat image")
        assert loss == pytest.approx(2.9)
        scores = np.array([13.0, -7, 11])
        check.call(loss_i, scores, 0, delta=10.0, expect=8.0, label="delta = 10")
        check.equal(np.float64(2.0), 2, "two")
    assert capsys.readouterr().out == (
        "l3_svm_loss_i: 3 visible checks passed: cat image, delta = 10, two.\n"
        "Hidden tests are not run here or by Validate; they run when the course is "
        "graded.\n"
    )


def test_a_worked_example_does_not_speak_of_hidden_tests(capsys) -> None:
    with checks.numbers("the table") as check:
        check.equal([2.9, -3.9], [5.1 - 3.2 + 1, -1.7 - 3.2 + 1], "terms")
    assert capsys.readouterr().out == "the table: 1 check of its numbers passed.\n"


def test_a_block_without_a_check_is_an_error_of_its_author() -> None:
    with pytest.raises(RuntimeError, match="no check"), checks.exercise("l3_x"):
        pass


def stub(scores, y):
    raise NotImplementedError("l3_x: not written yet")


@pytest.mark.parametrize(
    "answer", [stub, lambda s, y: None, lambda s, y: ..., None, ...]
)
def test_an_untouched_stub_is_unanswered_and_not_compared(answer) -> None:
    message = failure(answer, SCORES, 0, expect=0.0)
    assert "not answered yet" in message
    assert "expected" not in message


def test_a_stub_that_is_called_in_the_block_itself_is_unanswered() -> None:
    with pytest.raises(CheckFailed, match="not answered yet"):
        with checks.exercise("l3_x") as check:
            check.equal(stub(SCORES, 0), 2.9)


def test_a_stub_of_another_exercise_is_named() -> None:
    def other():
        raise NotImplementedError("l3_other: not written yet")

    with pytest.raises(CheckFailed, match=r"yet \(l3_other: not written yet\)"):
        with checks.exercise("l3_x") as check:
            check.call(loss_i, SCORES, 0, expect=other())


def test_a_missing_name_is_told() -> None:
    with pytest.raises(CheckFailed, match="no_such_function is not defined"):
        with checks.exercise("l3_x") as check:
            check.call(no_such_function, 1)  # noqa: F821


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (3.0, "got a number, expected a function"),
        (lambda scores: 2.9, "arguments: the signature is `(scores)`"),
        (lambda s, y: "2.9", "got a string, expected a number"),
        (lambda s, y: np.array([2.9]), "take the single entry out"),
        (lambda s, y: float("nan"), "is nan, expected a finite number"),
        (lambda s, y: 3.9, "is too large (got 3.9, expected 2.9)"),
        (lambda s, y: -2.9, "the wrong sign"),
        (lambda s, y: 2.95, "got 2.95, expected 2.9"),
        (lambda s, y: s[7], "IndexError: index 7 is out of bounds"),
    ],
)
def test_a_wrong_number_is_refused_with_a_reason(answer, words) -> None:
    assert words in failure(answer, SCORES, 0, expect=2.9, label="cat image")


def test_a_printed_answer_is_told_from_a_missing_one(capsys) -> None:
    def prints(scores, y):
        print(f"loss is {loss_i(scores, y):.1f}")

    message = failure(prints, SCORES, 0, expect=2.9)
    assert "printed instead of returned" in message
    assert "loss is 2.9" in capsys.readouterr().out


def test_a_stream_is_not_touched_once_the_check_is_over(monkeypatch) -> None:
    # It may be closed by the time the check is collected.
    flushed = []

    class Stream(io.StringIO):
        def flush(self):
            flushed.append(self.closed)

    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", Stream())
        with checks.exercise("l3_double") as check:
            check.call(lambda x: 2 * x, 3.0, expect=6.0)
        assert "1 visible check passed" in sys.stdout.getvalue()
    assert flushed == []


def test_the_stream_of_a_check_is_like_the_one_it_stands_for(capsys) -> None:
    def prints(x):
        sys.stdout.writelines(["no ", "return"])
        sys.stdout.flush()
        assert sys.stdout.encoding == encoding

    encoding = sys.stdout.encoding
    assert "'no return'" in failure(prints, 1.0, expect=2.0)
    assert capsys.readouterr().out == "no return"


def test_prints_of_a_right_answer_come_through(capsys) -> None:
    def talks(scores, y):
        print("working")
        return loss_i(scores, y)

    with checks.exercise("l3_x") as check:
        check.call(talks, SCORES, 0, expect=2.9)
    assert capsys.readouterr().out.startswith("working\n")


def test_a_changed_input_is_refused_and_the_callers_array_is_whole() -> None:
    def writes(scores, y):
        scores -= scores[y]
        scores += 1
        scores[y] = 0
        return float(np.maximum(scores, 0).sum())

    given = SCORES.copy()
    message = failure(writes, given, 0, expect=2.9, label="cat image")
    assert "cat image: writes changes its argument scores; work on a copy" in message
    np.testing.assert_array_equal(given, SCORES)


def test_changes_are_found_in_containers_and_in_type() -> None:
    def renames(params):
        params["W"] = params["W"].astype(np.float32)
        return 1.0

    message = failure(renames, {"W": np.ones(2)}, expect=1.0)
    assert "renames changes its argument params" in message
    assert "changes its argument x" in failure(
        lambda x: float(x.pop()), [1.0, 2.0], expect=2.0
    )


W = np.arange(12.0).reshape(4, 3) - 5
X = np.array([[1.0, 2, 3, 4], [0, -1, 1, 2]])
LOSS, DW = linear(W, X, 0.1)
FORM = {"parts": ("loss", "dW"), "shapes": {"dW": "(D, C)"}}


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda loss, dW: (loss, dW.T), "dW: shape (3, 4), expected (D, C) = (4, 3)"),
        (lambda loss, dW: (loss, dW.T), "it looks transposed"),
        (lambda loss, dW: (loss, -dW), "wrong sign everywhere"),
        (lambda loss, dW: (loss, dW / 2), "1/2 times what it should be, everywhere"),
        (lambda loss, dW: (loss, dW * np.nan), "dW: entry [0, 0] is not finite"),
        (lambda loss, dW: (loss, 0 * dW), "is it filled in?"),
        (lambda loss, dW: (loss, 0 * dW + 7), "the same number everywhere"),
        (lambda loss, dW: (loss, None), "dW: got None"),
        (lambda loss, dW: (loss, dW - 0.2 * W * W), "dW: differs in 11 of 12 entries"),
        (lambda loss, dW: (2 * loss, dW), "loss: is 2 times what it should be (got"),
        (lambda loss, dW: loss, "got a number, expected (loss, dW)"),
    ],
)
def test_a_wrong_gradient_is_refused_with_a_reason(spoil, words) -> None:
    message = failure(
        lambda W, X, reg: spoil(*linear(W, X, reg)),
        W,
        X,
        0.1,
        expect=(LOSS, DW),
        label="example",
        **FORM,
    )
    assert words in message


def test_the_gradient_is_judged_by_numbers() -> None:
    with checks.exercise("l3_x") as check:
        check.gradient(lambda W: linear(W, X, 0.1)[0], DW, W, name="dW")
        assert check.passed == 1
    for f, analytic, words in (
        (lambda W: linear(W, X, 0.1)[0], 0 * DW, "dW: zero everywhere"),
        (lambda W: linear(W, X, 0.1)[0], None, "not answered yet"),
        (lambda W: stub(W, 0), DW, "not answered yet"),
        (lambda W: 0.0, 0 * DW, "does not change"),
    ):
        with pytest.raises(CheckFailed, match=words):
            with checks.exercise("l3_x") as check:
                check.gradient(f, analytic, W, name="dW")


def test_a_gradient_that_passes_is_set_against_the_rule_of_the_notes(capsys) -> None:
    x = np.array([0.0, 2.0])
    for f, dx, words in (
        (lambda x: np.sum(x**2), 2 * x, "dx (relative error below 1e-7: the notes"),
        (lambda x: np.sum(x**2), 2 * x * (1 + 1e-6), "dx (relative error below 1e-4:"),
        (lambda x: np.sum(abs(x - [0.0, 2.0])), 0 * x, "dx (between the slopes of its"),
    ):
        with checks.exercise("l3_x") as check:
            check.gradient(f, dx, x, name="dx")
        assert words in capsys.readouterr().out


ANSWERS = {"low": 0, "high": np.inf, "same": False, "count": 3, "which": "tie"}
KINDS = {
    "low": float,
    "high": float,
    "same": bool,
    "count": int,
    "which": ("L1", "tie"),
}


def test_well_formed_answers_pass_whether_right_or_not(capsys) -> None:
    with checks.exercise("l3_x") as check:
        check.answers(ANSWERS, KINDS)
        check.answers({**ANSWERS, "low": -7.5, "same": np.True_}, KINDS)
    assert "2 visible checks" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"low": None}, "not answered yet ('low')"),
        (dict.fromkeys(KINDS), "('low', 'high', 'same' and 2 more)"),
        ({"low": "0"}, "'low': got '0', expected a number"),
        ({"low": True}, "'low': got True, expected a number"),
        ({"low": [1]}, "'low': got a list of 1, expected a number"),
        ({"high": float("nan")}, "'high': got nan, expected a number"),
        ({"same": 0}, "'same': got 0, expected True or False"),
        ({"count": 2.5}, "expected a whole number"),
        ({"which": "L2"}, "expected one of 'L1', 'tie'"),
        ({"wich": "L1"}, "unknown key 'wich'"),
    ],
)
def test_ill_formed_answers_are_refused(change, words) -> None:
    with pytest.raises(CheckFailed) as caught, checks.exercise("l3_x") as check:
        check.answers({**ANSWERS, **change}, KINDS)
    assert words in str(caught.value)


def test_a_missing_key_and_a_wrong_container_are_refused() -> None:
    check = checks.exercise("l3_x")
    with pytest.raises(CheckFailed, match="the key 'which' is missing"):
        check.answers({k: v for k, v in ANSWERS.items() if k != "which"}, KINDS)
    with pytest.raises(CheckFailed, match="expected a dict"):
        check.answers([0, 1], KINDS)
    with pytest.raises(CheckFailed, match="not answered yet"):
        check.answers(None, KINDS)


def test_a_loop_is_named_and_shown_where_its_line_is_known() -> None:
    def looped(x):
        total = 0.0
        for value in x:
            total += value
        return total

    def called(x):
        return looped(x)

    few, rows = [np.ones(2)], [np.ones(50)]
    check = checks.exercise("l3_x")
    for answer, words in (
        (looped, "looped: there is a loop over the rows: `for value in x:`"),
        (called, "called: there is a loop over the rows\n"),
        (eval("lambda x: [v for v in x]"), "there is a loop over the rows\n"),  # noqa: S307
    ):
        with pytest.raises(CheckFailed, match=re.escape(words)):
            check.no_loops(answer, few, rows=rows)

    def whole(x):
        """Words such as for and while in a docstring are no loop."""
        return x.sum()

    check.no_loops(whole, few, rows=rows)
    assert check.passed == 1


def test_a_condition_gives_its_reason() -> None:
    check = checks.exercise("l3_x")
    check.true(True, "unused")
    with pytest.raises(CheckFailed, match="l3_x: the loss rises"):
        check.true(False, "the loss rises")


def test_generators_and_callables_are_passed_as_fresh_copies() -> None:
    rng = np.random.default_rng(0)
    with checks.exercise("l3_x") as check:
        first = check.call(lambda f, rng: f(rng.normal()), abs, rng)
        assert first == check.call(lambda f, rng: f(rng.normal()), abs, rng)


def test_jupyter_shows_the_message_alone(capsys) -> None:
    shell = InteractiveShell()
    shell.run_cell(
        "from cs231n_lib import checks\n"
        "with checks.exercise('l3_x') as check:\n"
        "    check.equal(3.9, 2.9, 'loss')\n"
    )
    shown = capsys.readouterr().out.strip().splitlines()
    assert shown[0] == "l3_x: loss: is too large (got 3.9, expected 2.9)"
    assert len(shown) <= 5
    assert not any("Traceback" in line for line in shown)


def test_the_checks_do_not_load_matplotlib() -> None:
    program = (
        "import sys, cs231n_lib, cs231n_lib.checks, cs231n_lib.data\n"
        "heavy = {'matplotlib', 'IPython', 'pooch', 'autograder'} & set(sys.modules)\n"
        "sys.exit(', '.join(sorted(heavy)) or 0)\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)

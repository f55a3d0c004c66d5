import numpy as np
import pytest

from autograder.judging.double_mistakes import find_pairs

RIGHT = [2.0, np.array([[1.0, -2.0, 3.0], [4.0, 0.0, 6.0]])]


def answer(loss=0.0, times=1.0, plus=0.0, turned=False):
    """Return the right answer with the loss moved and the array scaled and moved."""
    dW = RIGHT[1] * times + plus
    return [RIGHT[0] + loss, dW.T if turned else dW]


def found(given, *wrong):
    return [
        (pair.first, pair.second)
        for pair in find_pairs({0: given}, {0: RIGHT}, [{0: w} for w in wrong])
    ]


def test_a_loss_and_a_gradient_that_are_both_wrong():
    assert found(answer(1.0, 3.0), answer(1.0), answer(times=3.0)) == [(0, 1)]


def test_two_terms_add_up():
    both = answer(1.5, plus=5.0)
    assert found(both, answer(1.0, plus=2.0), answer(0.5, plus=3.0)) == [(0, 1)]


def test_two_factors_multiply():
    assert found(answer(times=-2.0), answer(times=-1.0), answer(times=2.0)) == [(0, 1)]


def test_a_transposed_array_hides_no_other_mistake():
    both = answer(1.0, plus=2.0, turned=True)
    assert found(both, answer(turned=True), answer(1.0, plus=2.0)) == [(0, 1)]


@pytest.mark.parametrize(
    "given",
    [answer(1.0, 3.0, plus=1e-3), answer(1.0001, 3.0), [2.0], [None, RIGHT[1]]],
    ids=["array", "loss", "short", "none"],
)
def test_what_does_not_follow_is_no_pair(given):
    assert not found(given, answer(1.0), answer(times=3.0))


def test_one_mistake_alone_is_no_pair():
    assert not found(answer(times=3.0), answer(times=3.0), RIGHT)


def test_too_few_numbers_prove_nothing():
    right, wrong = {0: [2.0]}, [{0: [3.0]}, {0: [4.0]}]
    assert not find_pairs({0: [5.0]}, right, wrong)
    right, wrong = {0: [2.0] * 3}, [{0: [3.0] * 3}, {0: [4.0] * 3}]
    assert len(find_pairs({0: [5.0] * 3}, right, wrong)) == 1


def test_a_pair_explains_also_what_one_of_the_two_explains():
    answers = {0: answer(1.0, 3.0), 1: answer(1.0), 2: answer(9.0)}
    right = dict.fromkeys(answers, RIGHT)
    loss, slope = answer(1.0), answer(times=3.0)
    wrong = [dict.fromkeys(answers, loss), {0: slope, 1: RIGHT, 2: RIGHT}]
    [pair] = find_pairs(answers, right, wrong)
    assert pair.explains == {0, 1}


def test_words_and_names_count_as_they_stand():
    right = {0: [{"a": 1.0, "b": np.ones(3)}, True]}
    one = {0: [{"a": 2.0, "b": np.ones(3)}, True]}
    two = {0: [{"a": 1.0, "b": np.zeros(3)}, False]}
    given = {0: [{"a": 2.0, "b": np.zeros(3)}, False]}
    other = {0: [{"a": 2.0, "b": np.zeros(3)}, True]}
    assert len(find_pairs(given, right, [one, two])) == 1
    assert not find_pairs(other, right, [one, two])
    named = {0: [{"a": 2.0, "c": np.zeros(3)}, False]}
    assert not find_pairs(named, right, [one, two])


def test_what_is_not_finite_is_left_alone():
    given = answer(1.0, 3.0)
    given[1][0, 0] = np.nan
    assert not found(given, answer(1.0), answer(times=3.0))
    broken = answer(times=3.0)
    broken[1][0, 0] = np.inf
    assert not found(answer(1.0, 3.0), answer(1.0), broken)

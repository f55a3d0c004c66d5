"""A few hundred inputs of each target, drawn as the fuzzer draws them."""

import random

import pytest

from tests.fuzz import mutate, targets

pytestmark = pytest.mark.slow

INPUTS = 150
EACH = {
    "sanitiser": (targets.sanitiser, targets.notebooks, mutate.notebook),
    "channel": (targets.channel, targets.few_tapes, mutate.tape),
}


@pytest.mark.parametrize("name", EACH)
def test_no_changed_input_breaks_a_promise(name):
    target, seeds, change = EACH[name]
    rng = random.Random(20161)  # noqa: S311 - no secret
    known = list(seeds())
    for data in known:
        target(data)
    for _ in range(INPUTS):
        data = rng.choice(known)
        for _ in range(rng.choice((1, 2, 3))):
            data = change(data, rng)
        try:
            target(data)
        except Exception as error:
            pytest.fail(f"{data!r} raises {error!r}")


def test_right_replies_earn_and_wrong_ones_are_told_apart():
    exercise = next(e for e in targets.EXERCISES if e.id == "l3_svm_loss_i")
    wanted, single = targets.expected(exercise)
    assert single
    wrong = targets.record(exercise, exercise.known("counts_true_class"))[1]
    pairs = zip(wanted.answers, wrong.answers, strict=True)
    assert not all(targets.close(got, want) for want, got in pairs)

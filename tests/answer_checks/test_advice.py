"""The advice that goes with a difference."""

from __future__ import annotations

from answer_checks.advice import ADVICE


def test_every_kind_has_a_next_step_without_a_full_stop():
    kinds = {"type", "shape", "finite", "value", "key", "inputs", "loops"}
    assert set(ADVICE) == kinds
    for advice in ADVICE.values():
        assert advice.step
        assert not (advice.likely + advice.step).endswith((".", "?"))

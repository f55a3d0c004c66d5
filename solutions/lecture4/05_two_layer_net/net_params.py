"""The four arrays of a two-layer net."""

import numpy as np

from autograder.exercise import CheckFailed, Ref, Student

NAMES = ("W1", "b1", "W2", "b2")
Params = dict[str, np.ndarray]


def fetch_params(student: Student, net: Ref) -> Params:
    """Bring the parameters out; the dict, its keys and their shapes must be there."""
    got = student.fetch(net.attr("params"))
    if not isinstance(got, dict) or not set(NAMES) <= set(got):
        raise CheckFailed("params is no dict with W1, b1, W2 and b2", "type")
    for name in NAMES:
        if not isinstance(got[name], np.ndarray) or got[name].dtype.kind not in "biuf":
            raise CheckFailed(f"params[{name!r}] is no array of numbers", "type")
    return {name: got[name] for name in NAMES}

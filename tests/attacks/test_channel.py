"""Whatever a session replies to the real questions: nothing raises, nothing earns."""

from __future__ import annotations

import struct
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autograder.course.cells import CellRole
from autograder.course.exercises import all_exercises
from autograder.course.settings import Settings
from autograder.judging.ask import RemoteBackend
from autograder.judging.budget import Budget
from autograder.judging.cell import Cell
from autograder.judging.decide import decide
from autograder.judging.explain import explain, lines
from autograder.judging.run import Run
from autograder.judging.sanitize import Sanitized
from autograder.sandbox.gone import BackendGone
from autograder.sandbox.inside.wire import (
    HEADER,
    MAX_HEADER,
    Opaque,
    Special,
    WireError,
    pack,
    unpack,
)
from autograder.sandbox.patience import Account
from autograder.verdict import Status

pytestmark = [pytest.mark.slow, pytest.mark.long]

SEED = b"a seed of the answer channel"
EXERCISES = [e for e in all_exercises() if e.kind != "manual"]

numbers = st.one_of(
    st.floats(),
    st.integers(),
    st.sampled_from([10**400, -(10**400), 2**63, np.nan, np.inf, -np.inf, -0.0]),
)
arrays = st.builds(
    lambda shape, dtype, value: np.full(shape, value).astype(dtype),
    st.lists(st.integers(0, 4), max_size=4).map(tuple),
    st.sampled_from("?bBhHiIqQefd"),
    st.sampled_from([0, 1, 7, 100]),
)
texts = st.one_of(st.text(max_size=6), st.sampled_from(["loss", "dW", "max", "True"]))
plain = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        numbers,
        arrays,
        texts,
        st.builds(Opaque, texts),
        st.builds(lambda name: Special("name", name=name), texts),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.lists(inner, max_size=4).map(tuple),
        st.dictionaries(st.one_of(texts, st.integers(0, 5)), inner, max_size=4),
    ),
    max_leaves=8,
)
replies = st.one_of(
    plain.map(lambda value: {"value": [value], "after": None}),
    st.lists(plain, max_size=3).map(lambda v: {"value": v, "after": v}),
    plain.map(lambda value: {"value": value}),
    plain.map(lambda value: {"error": value}),
    st.fixed_dictionaries(
        {"error": st.fixed_dictionaries({k: plain for k in ("type", "name", "line")})}
    ),
    st.dictionaries(st.sampled_from(["value", "after", "error", "refused"]), plain),
)


class Session:
    """Plays the other end: one reply after the other, then the first again."""

    def __init__(self, said):
        self.said = said
        self.asked = 0
        self.account = Account()

    def request(self, seconds, do, **fields):
        self.asked += 1
        reply = self.said[self.asked % len(self.said)]
        if isinstance(reply.get("value"), list) and "error" not in reply:
            # As many values as were asked for, and arguments that look untouched.
            steps = fields["steps"]
            wanted = [len(s["args"]) for s in steps if s["do"] == "fetch"]
            values = (reply["value"] * 4)[: wanted[-1]]
            calls = [s for s in steps if s["do"] == "call"]
            sent = calls[-1]["args"] if calls else []
            after = [a for a in sent if isinstance(a, np.ndarray)]
            reply = {**reply, "value": values, "after": after}
        return reply


def backend(session, exercise):
    cells = [
        Cell(CellRole.SOLUTION, "code", f"{name} = something", exercise.id)
        for name in exercise.names
    ]
    runner = SimpleNamespace(
        session=lambda: session,
        settings=Settings(),
        notebook=Sanitized(cells),
        budget=Budget(100.0),
        names={},
        result=Run(),
        handout=SimpleNamespace(cells={}),
    )
    return RemoteBackend(runner, exercise.id)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    database=None,
)
@given(st.sampled_from(EXERCISES), st.lists(replies, min_size=1, max_size=3))
def test_no_reply_raises_or_earns(exercise, said):
    session = Session(said)
    with np.errstate(all="ignore"):
        verdict, transcript = decide(exercise, backend(session, exercise), SEED)
        told = lines(explain(exercise, verdict, transcript, SEED))
    assert session.asked
    # A truth value can be right by chance; a check of several questions cannot.
    if not any(check.points for check in verdict.checks if check.passed):
        assert verdict.score < verdict.max_score
    lucky = sum(c.points for c in verdict.checks if c.passed)
    assert exercise.kind != "code" or lucky < exercise.points
    assert verdict.status != "correct"
    assert len(told) <= 5
    "".join(told).encode()


@pytest.mark.parametrize("exercise", EXERCISES[:3], ids=lambda e: e.id)
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    database=None,
)
@given(said=st.lists(replies, min_size=1, max_size=3))
def test_no_reply_earns_in_the_first_exercises(exercise, said):
    verdict, _ = decide(exercise, backend(Session(said), exercise), SEED)
    assert verdict.score == 0


def frames():
    value = {"value": [np.ones((2, 3)), "text", (1.5, None)], "number": 3}
    return bytearray(pack(value)[8:])


@settings(max_examples=400, deadline=None, database=None)
@given(st.lists(st.tuples(st.integers(0, 150), st.integers(0, 255)), max_size=8))
def test_a_frame_with_changed_bytes_is_read_or_refused(changes):
    body = frames()
    for place, byte in changes:
        body[place % len(body)] = byte
    try:
        unpack(bytes(body))
    except WireError:
        pass


TYPES = [
    "f8,i4",
    "O",
    "V8",
    "S5",
    "(2,3)f8",
    "(((f8,",
    "1(2)f8,",
    "f8" * 999,
    "\0",
    "M8",
]


@pytest.mark.parametrize("code", [*TYPES, ">f8", "complex128", "float128", 3, None])
def test_no_type_but_plain_numbers_is_read(code):
    import json

    header = json.dumps({"a": code, "h": [1]}).encode()
    with pytest.raises(WireError):
        unpack(HEADER.pack(len(header)) + header + bytes(64))


@pytest.mark.parametrize(
    "shape", [[2**70], [0, 2**70], [-1], [1.5], ["3"], [1] * 40, 3]
)
def test_no_shape_makes_the_reader_fail(shape):
    import json

    header = json.dumps({"a": "<f8", "h": shape}).encode()
    with pytest.raises(WireError):
        unpack(HEADER.pack(len(header)) + header + bytes(64))


def test_a_header_of_many_small_objects_is_not_parsed():
    header = b"[" + b"[]," * (MAX_HEADER // 3 + 1) + b"[]]"
    with pytest.raises(WireError, match="too long"):
        unpack(struct.pack("<I", len(header)) + header)


def test_a_session_that_ends_in_the_middle_earns_nothing():
    class Gone:
        account = Account()

        def request(self, *_, **__):
            raise BackendGone(Status.CRASHED)

    exercise = EXERCISES[0]
    verdict, _ = decide(exercise, backend(Gone(), exercise), SEED)
    assert (verdict.score, verdict.status) == (0, "crashed")

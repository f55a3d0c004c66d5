"""What crosses the border comes out equal; what does not fit is refused."""

import json
import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from autograder.sandbox.inside import wire
from autograder.sandbox.inside.wire import Opaque, Special, WireError, pack, unpack


def through(value):
    return unpack(pack(value)[wire.LENGTH.size :])


plain = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False)
    | st.text(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(max_size=8), inner, max_size=4)
        | st.tuples(inner, inner)
    ),
    max_leaves=20,
)


@given(plain)
def test_plain_values_come_out_as_they_went_in(value):
    assert through(value) == value


@given(
    st.sampled_from(["?", "<f8", "<f4", "<i8", "|u1", "<u4", ">f8"]).flatmap(
        lambda code: arrays(code, array_shapes(min_dims=0, min_side=0))
    )
)
def test_arrays_keep_type_shape_and_entries(array):
    got = through([array, np.ones(3)])[0]
    assert got.shape == array.shape
    assert got.dtype == array.dtype.newbyteorder("=")
    np.testing.assert_array_equal(got, array)


def test_special_floats_cross():
    got = through([np.nan, np.inf, -np.inf])
    assert np.isnan(got[0])
    assert got[1:] == [np.inf, -np.inf]


def test_specials_cross_with_their_fields():
    got = through(Special("probe", name="quadratic", params={"A": np.ones(2)}))
    assert got.kind == "probe"
    assert got.fields["params"]["A"].tolist() == [1, 1]


@pytest.mark.parametrize(
    "value",
    [object(), {1, 2}, print, np.array([object()]), np.ones(2, complex), 1j, "x".join],
)
def test_what_is_not_plain_becomes_opaque(value):
    assert isinstance(through(value), Opaque)


def test_of_what_is_opaque_the_name_of_its_type_is_known():
    got = through(object())
    assert got == Opaque("object") != Opaque("Object")
    assert hash(got) == hash(Opaque("object"))
    assert got != "object"
    assert through(type("x" * 100, (), {})()) == Opaque("x" * 80)


def test_integers_up_to_a_bound_cross():
    largest = 2**4095 - 1
    assert through([largest, -largest]) == [largest, -largest]
    assert through([largest + 1, -largest - 1]) == [Opaque("int")] * 2


def test_texts_are_cut_at_a_bound_and_halves_of_a_character_replaced():
    text = "x" * wire.MAX_STRING
    assert through(text) == through(text + "y") == text
    assert through("a\ud800") == "a?"
    assert unpack(frame({"s": "a\ud800"})) == "a?"
    assert unpack(frame({"s": text + "y"})) == text


def test_of_a_dict_only_names_and_integers_are_keys():
    assert through({"a": 1, 2: 3, 2.5: 4, None: 5, (1,): 6}) == {"a": 1, 2: 3}


class Liar(np.ndarray):
    def tobytes(self, *_):
        raise RuntimeError

    def astype(self, *_, **__):
        raise RuntimeError

    @property
    def shape(self):
        return (99,)


class Tuple(tuple):
    __slots__ = ()

    def __iter__(self):
        raise RuntimeError


def test_subclasses_are_sent_as_what_they_are():
    assert through(np.arange(3.0).view(Liar)).tolist() == [0, 1, 2]
    assert through(Tuple((1, 2))) == (1, 2)


def test_a_list_that_holds_itself_ends():
    loop = []
    loop.append(loop)
    assert through(loop)


def test_too_much_is_refused():
    with pytest.raises(WireError):
        pack(np.zeros(wire.MAX_FRAME // 8 + 1))
    with pytest.raises(WireError):
        pack([0] * wire.MAX_ITEMS)
    # The list is an entry too.
    assert len(through([0] * (wire.MAX_ITEMS - 1))) == wire.MAX_ITEMS - 1


def test_what_is_nested_up_to_a_bound_crosses():
    value = 1
    for _ in range(wire.MAX_DEPTH):
        value = [value]
    assert through(value) == value
    deeper = through([value])
    for _ in range(wire.MAX_DEPTH + 1):
        (deeper,) = deeper
    assert deeper == Opaque("a value nested too deeply")


def test_arrays_of_up_to_16_dimensions_are_read():
    one = {"a": "<f8", "h": [1] * 16}
    assert unpack(frame(one, bytes(8))).shape == (1,) * 16
    with pytest.raises(WireError):
        unpack(frame({**one, "h": [1] * 17}, bytes(8)))


def test_an_array_takes_no_more_than_its_own_bytes():
    two = {"l": [{"a": "<i4", "h": [2]}, {"a": "<i4", "h": []}]}
    body = np.array([1, 2, 3], "<i4").tobytes()
    first, second = unpack(frame(two, body))
    assert first.tolist() == [1, 2]
    assert second == 3
    with pytest.raises(WireError):
        unpack(frame(two, body[:-1]))


@given(st.binary(max_size=200))
def test_no_bytes_make_the_reader_fail_otherwise(data):
    try:
        unpack(data)
    except WireError:
        pass


def frame(tree, buffers=b""):
    header = json.dumps(tree).encode()
    return struct.pack("<I", len(header)) + header + buffers


@pytest.mark.parametrize(
    "tree",
    [
        {"a": "<f8", "h": [10]},
        {"a": "<f8", "h": [-1]},
        {"a": "|O", "h": [1]},
        {"a": "<f8", "h": [1] * 40},
        {"a": "<f8", "h": ["1"]},
        {"a": "nonsense", "h": []},
        {"a": 3, "h": []},
        {"d": [[[], 1]]},
        {"d": [1]},
        {"s": 1},
        {"o": 1},
        {"x": 1, "f": {}},
        {"t": 5},
        {"unknown": 1},
        [1],
        "bare text",
    ],
)
def test_malformed_frames_are_refused(tree):
    with pytest.raises(WireError):
        unpack(frame(tree, bytes(16)))


def test_deep_and_long_frames_are_refused():
    deep = {"l": []}
    for _ in range(wire.MAX_DEPTH + 5):
        deep = {"l": [deep]}
    with pytest.raises(WireError):
        unpack(frame(deep))
    header = b"[" * 100_000
    with pytest.raises(WireError):
        unpack(struct.pack("<I", len(header)) + header)
    with pytest.raises(WireError):
        unpack(struct.pack("<I", 1000) + b"{}")

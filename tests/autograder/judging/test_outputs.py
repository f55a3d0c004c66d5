"""Outputs are made whole, bounded, and compared as nbval compares."""

import nbformat
import pytest

from autograder.judging.outputs import MAX_TEXT, clean_outputs, differs


def stream(text, name="stdout"):
    return {"output_type": "stream", "name": name, "text": text}


def result(text, count=1):
    return {
        "output_type": "execute_result",
        "data": {"text/plain": text},
        "metadata": {},
        "execution_count": count,
    }


@pytest.mark.parametrize(
    "output",
    [
        None,
        3,
        {},
        {"output_type": "unknown"},
        {"output_type": ["stream"]},
    ],
)
def test_what_is_no_output_is_left_out(output):
    assert clean_outputs([output]) == []


@pytest.mark.parametrize("count", [-1, -(2**63), True, 1.0, "1", None])
def test_a_count_that_is_none_is_left_out(count):
    clean = clean_outputs([result("1", count)])
    assert clean[0]["execution_count"] is None
    nbformat.validate(nbformat.from_dict(clean[0]), ref="output", version=4)


def test_a_count_is_kept():
    assert clean_outputs([result("1", 7)])[0]["execution_count"] == 7


def test_fields_of_the_wrong_type_become_empty():
    bad = [
        {"output_type": "stream", "name": 3, "text": {"a": 1}},
        {"output_type": "error", "ename": 1, "evalue": None, "traceback": "x"},
        {"output_type": "display_data", "data": [1]},
        {"output_type": "execute_result", "data": {"no slash": "x"}, "metadata": 3},
    ]
    clean = clean_outputs(bad)
    assert clean[0] == stream("")
    assert clean[1]["traceback"] == []
    assert clean[2]["data"] == {}
    assert clean[3]["execution_count"] is None


def test_long_texts_are_cut():
    assert len(clean_outputs([stream("x" * 10**6)])[0]["text"]) == MAX_TEXT


def test_equal_outputs_do_not_differ():
    assert not differs([stream("a\n"), result("2")], [stream("a\n"), result("2", 9)])
    assert not differs([], [])


def test_another_number_differs():
    assert differs([stream("2.9\n")], [stream("3.9\n")])
    assert differs([result("2")], [])


def test_addresses_and_pictures_do_not_count():
    assert not differs(
        [result("<f at 0x7f41a7551fd0>")], [result("<f at 0x7f11111111>")]
    )
    one = {"output_type": "display_data", "data": {"image/png": "AAAA"}, "metadata": {}}
    other = {**one, "data": {"image/png": "BBBB"}}
    assert not differs([one], [other])


def test_split_streams_are_joined():
    assert not differs([stream("a\n"), stream("b\n")], [stream("a\nb\n")])

"""Outputs are made whole, bounded, and compared as nbval compares."""

import itertools
from types import SimpleNamespace

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbval.plugin import IPyNbCell, nocolors

from autograder.judging.outputs import (
    ADDRESS,
    MAX_TEXT,
    SKIPPED,
    clean_outputs,
    differs,
)


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


def error(text):
    return {"output_type": "error", "ename": "E", "evalue": text, "traceback": [text]}


def shown(**data):
    data = {key.replace("_", "/"): value for key, value in data.items()}
    return {"output_type": "display_data", "data": data, "metadata": {}}


TEXTS = ["", "1\n", "2\n", "<f at 0x7f41a7551fd0>", "<f at 0x7f11111111>"]
SAMPLES = [
    *(make(text) for make in (stream, result, error) for text in TEXTS),
    *(stream(text, "stderr") for text in TEXTS[:3]),
    *(shown(text_plain=a, text_html=b) for a in TEXTS[1:3] for b in TEXTS[1:3]),
    *(shown(text_plain=a, image_png=b) for a in TEXTS[1:3] for b in TEXTS[1:3]),
    shown(image_png="AAAA"),
    shown(text_latex="$x$", text_plain="x"),
    shown(),
    None,
]


def differ_for_nbval(stored, fresh):
    """Ask nbval itself, which has no function for it that is public."""
    cell = SimpleNamespace(
        parent=SimpleNamespace(skip_compare=SKIPPED),
        colors=nocolors,
        sanitize=lambda v: ADDRESS.sub("0x", v) if isinstance(v, str) else v,
        format_output_compare=lambda *_: None,
    )
    both = [
        [nbformat.from_dict(output) for output in clean_outputs(outputs)]
        for outputs in (fresh, stored)
    ]
    return not IPyNbCell.compare_outputs(cell, *both)


def test_one_output_is_compared_as_nbval_does():
    pairs = list(itertools.product(SAMPLES, repeat=2))
    verdicts = [differs([a], [b]) for a, b in pairs]
    assert verdicts == [differ_for_nbval([a], [b]) for a, b in pairs]
    assert {True, False} == set(verdicts)


several = st.lists(st.sampled_from(SAMPLES), max_size=4)


@given(several, several, st.randoms(use_true_random=False))
def test_several_outputs_are_compared_as_nbval_does(stored, other, random):
    shuffled = random.sample(stored, len(stored))
    for fresh in (other, shuffled, stored):
        assert differs(stored, fresh) == differ_for_nbval(stored, fresh)

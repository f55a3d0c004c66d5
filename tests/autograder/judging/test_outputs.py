"""Outputs are made whole, bounded, and compared as nbval compares."""

import itertools
import subprocess
import sys
from xml.etree import ElementTree

import nbformat
import numpy as np
import pytest
from nbformat.v4 import new_code_cell, new_notebook

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


def error(text):
    return {"output_type": "error", "ename": "E", "evalue": text, "traceback": [text]}


def shown(**data):
    data = {key.replace("_", "/"): value for key, value in data.items()}
    return {"output_type": "display_data", "data": data, "metadata": {}}


TEXTS = ["", "1\n", "2\n", "<f at 0x7f41a7551fd0>", "<f at 0x7f11111111>"]
SAMPLES = [
    *(make(text) for make in (result, error) for text in TEXTS),
    # A kernel sends no empty stream.
    *(stream(text) for text in TEXTS[1:]),
    *(stream(text, "stderr") for text in TEXTS[1:3]),
    *(shown(text_plain=a, text_html=b) for a in TEXTS[1:3] for b in TEXTS[1:3]),
    *(shown(text_plain=a, image_png=b) for a in TEXTS[1:3] for b in TEXTS[1:3]),
    shown(image_png="AAAA"),
    shown(text_latex="$x$", text_plain="x"),
    shown(),
    None,
]


# Run in the notebook: show outputs as a kernel sends them.
SAY = """
import sys
from IPython import get_ipython
from IPython.display import publish_display_data

def say(outputs):
    shell = get_ipython()
    for out in outputs:
        kind = out["output_type"]
        if kind == "stream":
            stream = getattr(sys, out["name"])
            stream.write(out["text"])
            stream.flush()
        elif kind == "display_data":
            publish_display_data(out["data"])
        elif kind == "execute_result":
            content = {"data": out["data"], "metadata": {}, "execution_count": 1}
            shell.displayhook.session.send(
                shell.displayhook.pub_socket, "execute_result", content,
                shell.displayhook.parent_header, ident=shell.displayhook.topic,
            )
        else:
            content = {key: out[key] for key in ("ename", "evalue", "traceback")}
            shell.displayhook.session.send(
                shell.displayhook.pub_socket, "error", content,
                shell.displayhook.parent_header, ident=shell.displayhook.topic,
            )
"""


def differ_for_nbval(pairs, folder):
    """Ask nbval itself: a notebook whose cells show `fresh` and store `stored`.

    Parameters
    ----------
    pairs : list of (list, list)
        Stored and fresh outputs of a cell.
    folder : Path
        Receives the notebook.

    Returns
    -------
    list of bool
        Whether nbval found that a cell's outputs differ.
    """
    cells = []
    for stored, fresh in pairs:
        cell = new_code_cell(f"say({clean_outputs(fresh)!r})", execution_count=1)
        cell.metadata["tags"] = ["raises-exception"]
        cell.outputs = [nbformat.from_dict(o) for o in clean_outputs(stored)]
        cells.append(cell)
    set_up = new_code_cell(SAY, execution_count=1)
    nbformat.write(new_notebook(cells=[set_up, *cells]), folder / "pairs.ipynb")
    addresses = "[addresses]\nregex: 0x[0-9a-fA-F]{6,}\nreplace: 0x\n"
    (folder / "addresses.ini").write_text(addresses)
    command = [sys.executable, "-m", "pytest", "--nbval", "--nbval-current-env"]
    command += ["--nbval-sanitize-with", "addresses.ini"]
    command += ["-p", "no:cacheprovider", "--junitxml=found.xml", "pairs.ipynb"]
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, timeout=300
    )
    assert done.returncode in (0, 1), done.stdout
    found = ElementTree.parse(folder / "found.xml").getroot()  # noqa: S314 - ours
    tests = list(found.iter("testcase"))
    assert len(tests) == len(cells) + 1
    assert tests[0].find("failure") is None, done.stdout
    texts = [test.findtext("failure") for test in tests[1:]]
    assert all(text is None or "outputs differ" in text for text in texts)
    return [text is not None for text in texts]


@pytest.mark.slow
def test_outputs_are_compared_as_nbval_does(tmp_path):
    one = [([a], [b]) for a, b in itertools.product(SAMPLES, repeat=2)]
    random = np.random.default_rng(0)
    several = []
    for _ in range(200):
        stored, other = (
            [SAMPLES[i] for i in random.integers(len(SAMPLES), size=random.integers(5))]
            for _ in range(2)
        )
        shuffled = [stored[i] for i in random.permutation(len(stored))]
        several += [(stored, other), (stored, shuffled), (stored, stored)]
    # A cell that raises says nothing behind its error.
    pairs = [pair for pair in one + several if all(map(ends_with_its_error, pair))]
    assert len(pairs) > 500
    verdicts = [differs(stored, fresh) for stored, fresh in pairs]
    theirs = differ_for_nbval(pairs, tmp_path)
    others = [p for p, o, t in zip(pairs, verdicts, theirs, strict=True) if o != t]
    assert not others
    assert {True, False} == set(verdicts)


def ends_with_its_error(outputs):
    kinds = [output["output_type"] for output in clean_outputs(outputs)]
    return "error" not in kinds[:-1]

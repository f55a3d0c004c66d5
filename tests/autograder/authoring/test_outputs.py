"""Outputs after what differs between two runs is gone."""

from __future__ import annotations

import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from autograder.authoring.outputs import find_address, hash_outputs, settle


def settled(*outputs):
    cell = new_code_cell("f()", outputs=list(outputs), id="a")
    cell.metadata["execution"] = {"iopub.execute_input": "now"}
    settle(new_notebook(cells=[cell]), {"/home/me/course/": "", "/home/me": "~"})
    assert "execution" not in cell.metadata
    return cell.outputs


def test_streams_merge_only_with_their_neighbours():
    out = [new_output("stream", name=n, text=t) for n, t in ("o1", "e2", "o3")]
    for output in out:
        output.name = {"o": "stdout", "e": "stderr"}[output.name]
    picture = new_output("display_data", data={"image/png": "/home/me"})
    last = new_output("stream", name="stdout", text="4")
    first, second, third, fourth = settled(*out, picture, last)
    assert (first.name, first.text) == ("stdout", "13")
    assert (second.name, second.text) == ("stderr", "2")
    assert third.data == {"image/png": "/home/me"}
    assert fourth.text == "4"


def test_longest_path_goes_first():
    (output,) = settled(
        new_output("execute_result", data={"text/plain": "/home/me/course/x /home/me"})
    )
    assert output.data["text/plain"] == "x ~"


def test_svg_loses_its_date_and_nothing_else():
    svg = "<svg>\n  <dc:date>2024-01-01T00:00:00</dc:date>\n  <g/></svg>"
    (output,) = settled(new_output("display_data", data={"image/svg+xml": svg}))
    assert output.data["image/svg+xml"] == "<svg>\n  <g/></svg>"


@pytest.mark.parametrize(
    ("text", "address"),
    [("<object object at 0x7f00aa11>", "at 0x7f00aa11"), ("look at 0x10", "")],
)
def test_address(text, address):
    shown = new_output("execute_result", data={"text/plain": text})
    assert find_address(new_code_cell(outputs=[shown])) == address


def test_hash_sees_outputs_and_counts_but_not_text():
    def hashed(source="f()", count=1, text="1"):
        shown = [new_output("stream", text=text)]
        cell = new_code_cell(source, outputs=shown, execution_count=count, id="a")
        return hash_outputs(new_notebook(cells=[cell]))

    assert hashed(source="g()") == hashed()
    assert len({hashed(), hashed(count=2), hashed(text="2")}) == 3

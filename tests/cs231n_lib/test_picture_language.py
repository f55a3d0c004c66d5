"""What stands in pictures, in Korean: no English left, no sign that the font lacks."""

from __future__ import annotations

import re

import matplotlib as mpl
import numpy as np
import pytest

mpl.use("Agg")

import matplotlib.pyplot as plt
from matplotlib.ft2font import FT2Font
from matplotlib.text import Text

from answer_checks.columns import columns
from answer_checks.language import VARIABLE
from answer_checks.messages import read_catalogue
from cs231n_lib import (
    checks,
    descent_picture,
    gate_picture,
    hangul,
    hinge_picture,
    picture_language,
    plots,
)
from cs231n_lib.circuits import Circuit

ENTRIES = read_catalogue((picture_language.CATALOGUES / "ko.po").read_text("utf-8"))
PLACEHOLDER = re.compile(r"\{(\w+)(?::[^{}]+)?\}")
ENGLISH = re.compile(r"[A-Za-z]{3,}")
CLASSES = ["cat", "car", "frog"]

PICTURES = {
    "hinge": lambda: hinge_picture.hinge(),
    "hinge terms": lambda: hinge_picture.hinge_terms([3.2, 5.1, -1.7], 0, CLASSES),
    "step size": lambda: descent_picture.step_size(0.1),
    "one gate": lambda: gate_picture.one_gate(),
    "loss curve": lambda: plots.loss_curve({"training": [2, 1], "validation": [2, 2]}),
    "templates": lambda: plots.templates(np.eye(4)[:, :3], (2, 2), CLASSES),
    "bars": lambda: plots.bars([1, 2, 3], CLASSES, title="Does the loss go down?"),
    "matrix": lambda: plots.matrix(np.eye(2), ["pixel 1", "bias"], ["cat", "car"]),
}


@pytest.fixture
def korean(monkeypatch):
    monkeypatch.setenv(VARIABLE, "en")  # set first, so that it is taken back
    checks.set_language("ko")
    plots.use_style()


def drawn(figure, monkeypatch):
    """Draw a figure; return what was written, formulas and signs alone left out."""
    seen = []

    def draw(self, *arguments, **options):
        seen.append(self.get_text())
        return own(self, *arguments, **options)

    own = Text.draw
    monkeypatch.setattr(Text, "draw", draw)
    figure.canvas.draw()
    return [text for text in seen if re.search(r"\w", re.sub(r"\$[^$]*\$", "", text))]


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_of_the_library(name, korean, monkeypatch):
    PICTURES[name]()
    figure = plt.gcf()
    picture_language.translate(figure)
    texts = drawn(figure, monkeypatch)
    words = [re.sub(r"\$[^$]*\$", "", text) for text in texts]
    assert [text for text in words if ENGLISH.search(text)] == []
    assert any(re.search("[가-힣]", text) for text in words)
    picture_language.translate(figure)
    assert drawn(figure, monkeypatch) == texts


@pytest.mark.parametrize("name", PICTURES)
def test_english_pictures_do_not_change(name, monkeypatch):
    monkeypatch.setenv(VARIABLE, "en")
    PICTURES[name]()
    before = drawn(plt.gcf(), monkeypatch)
    picture_language.translate(plt.gcf())
    assert drawn(plt.gcf(), monkeypatch) == before


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("class 2 (true)\nslope -1", "클래스 2(정답)\n기울기 -1"),
        ("car 5.1\ncosts 2.9", "자동차 5.1\n손실 2.9"),
        ("colour\nhistogram", "색\n히스토그램"),
        ("bag\nof words", "단어\n주머니"),
        ("cool\ntriangle", "차가운 색\n삼각형"),
        ("some\nother words", "some\nother words"),
    ],
)
def test_lines_are_looked_up_alone_or_together(korean, text, want):
    assert picture_language.say(text) == want


def test_show_translates(korean, monkeypatch, capsys):
    monkeypatch.setattr(plt, "show", lambda: None)  # it warns where there is no window
    plots.loss_curve([2, 1])
    plots.show("손실이 줄어듭니다. " * 12)
    assert plt.gca().get_title(loc="left") == "손실이 줄어듭니까?"
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("그림: 손실이 줄어듭니다.")
    assert len(lines) > 2
    assert max(map(columns, lines)) <= 88


def test_a_circuit(korean):
    graph = Circuit({"x": (), "data loss": ("hinge", "x"), "L": ("*2", "data loss")})
    drawing = graph.draw(
        {"x": np.ones(5), "data loss": 1, "L": 3}, {"L": 1, ("x", "data loss"): (2, 3)}
    )
    assert repr(drawing).splitlines() == [
        "회로: 값, 괄호 안은 그래디언트",
        "  x                       수 5개  [__]",
        "  데이터 손실 = hinge(x)       1  [__]",
        "  L = 데이터 손실 * 2          3  [1]   <- 값이 게이트의 입력과 맞지 않습니다",
        "  x에서 데이터 손실로 가는 간선: 2와 3",
    ]
    assert drawing.text == (
        "회로. x: 수 5개, 그래디언트 빈칸; 데이터 손실 = hinge(x): 1, 그래디언트 빈칸; "
        "L = 데이터 손실 * 2: 3, 그래디언트 1, 값이 게이트의 입력과 맞지 않습니다; "
        "x에서 데이터 손실로 가는 간선을 따라 2와 3."
    )
    assert drawing.text in drawing.svg
    assert ">데이터 손실</text>" in drawing.svg


def test_a_title_of_wide_letters_fits_into_its_drawing(korean):
    title = "게이트 하나가 값을 앞으로 보내고 그래디언트를 뒤로 보냅니까?"
    svg = Circuit({"x": (), "d": ("*2", "x")}).draw(title=title).svg
    (width,) = re.findall(r'viewBox="0 0 (\d+) ', svg)
    assert int(width) > 14 * len(title.replace(" ", ""))


def test_every_entry_keeps_what_is_filled_in():
    assert len(ENTRIES) > 100
    for text, said in ENTRIES:
        assert set(PLACEHOLDER.findall(said)) == set(PLACEHOLDER.findall(text)), text
        assert said.count("$") == text.count("$"), text
        bare = PLACEHOLDER.sub("", said)
        assert re.search("[가-힣]", bare) or not ENGLISH.search(bare), text


def test_the_font_has_every_sign_of_the_catalogue():
    """So no boxes are drawn on a machine without a Korean font."""
    signs = FT2Font(str(hangul.FILE)).get_charmap()
    for _, said in ENTRIES:
        hangul_signs = re.findall("[가-힣]", said)
        assert all(ord(sign) in signs for sign in hangul_signs), said


def test_raised_digits_come_from_a_font_in_which_they_can_be_read():
    assert (
        not {ord(sign) for sign in "¹²³"}
        & FT2Font(str(hangul.FILE)).get_charmap().keys()
    )

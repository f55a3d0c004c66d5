"""The visible checks in Korean: whole messages, and every catalogue entry."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

import answer_checks
import autograder
import cs231n_lib
from answer_checks.advice import ADVICE, SIGN, STEPS, UNDRAWN
from answer_checks.errors import explain_error
from answer_checks.failed import CheckFailed
from answer_checks.language import VARIABLE, language
from answer_checks.messages import Messages, fill_in, read_catalogue
from answer_checks.question import question
from cs231n_lib import checks
from cs231n_lib.gradient_check import check_gradient

PACKAGES = [answer_checks, autograder, cs231n_lib]
CATALOGUES = [
    Path(package.__file__).parent / "locale" / "ko" / "messages.po"
    for package in PACKAGES
]
PLACEHOLDER = re.compile(r"\{(\w+)(?::[^{}]+)?\}")
SPEECH = re.compile(r"(니다|십시오|니까)[.?]?$")


@pytest.fixture
def korean(monkeypatch):
    monkeypatch.setenv(VARIABLE, "ko")
    return language().messages


def failure(*arguments, **options):
    with pytest.raises(CheckFailed) as caught:
        checks.Check("l3_svm").call(*arguments, **options)
    return str(caught.value).split("\n")


def test_a_wrong_number(korean):
    lines = failure(lambda x: 3.9, 1.0, expect=2.9, label="고양이 이미지")
    assert lines == [
        "l3_svm: 고양이 이미지: 너무 큽니다(받은 값 3.9, 요구되는 값 2.9)",
        "다음 단계: 작은 경우를 손으로 계산하고 중간 결과를 하나씩 출력하여 비교해 "
        "보십시오.",
    ]


def test_a_transposed_gradient(korean):
    def loss(W):
        return 1.0, np.zeros((4, 6))

    options = {"expect": (1.0, np.zeros((6, 4))), "parts": ("loss", "dW")}
    (first, step) = failure(loss, 1.0, shapes={"dW": "(D, C)"}, **options)
    assert first == (
        "l3_svm: dW: 형상이 (4, 6)인데, (D, C) = (6, 4)여야 합니다. "
        "전치된 것으로 보입니다"
    )
    assert step.startswith("다음 단계: 각 배열을 만드는 줄에서")


def test_an_answer_that_is_not_given(korean):
    lines = failure(lambda x: None, 1.0, expect=2.9)
    assert lines[0] == "l3_svm: 아직 답하지 않았습니다(함수가 None을 반환합니다)"


def test_the_reason_of_an_error(korean):
    error = IndexError("invalid index to scalar variable.")
    reason = explain_error(error, "line 2 of `f`: `y = x[0]`")
    assert korean.say(str(CheckFailed("a", reason.likely, reason.step))).split("\n")[
        1:
    ] == [
        "추정 원인: 여기에는 원소도 형상도 없는 보통 수가 옵니다.",
        "다음 단계: `np.asarray`는 그것을 배열로 만듭니다. "
        "`f`의 2번째 줄을 살펴보십시오: `y = x[0]`.",
    ]


def test_a_block_that_passes(korean, capsys):
    with checks.exercise("l3_svm") as check:
        check.call(lambda x: 2 * x, 3.0, expect=6.0, label="두 배")
    assert capsys.readouterr().out == (
        "l3_svm: 공개 검사 1개를 통과했습니다: 두 배.\n숨은 검사는 여기에서도 "
        "Validate에서도 실행되지 않으며, 채점할 때 실행됩니다.\n"
    )


def test_labels_that_a_cell_composes(korean, capsys):
    with checks.exercise("l3_svm") as check:
        for label in ("three images, reg 0", "true class 28 behind", "cosine, step 2"):
            check.call(lambda x: 2 * x, 3.0, expect=6.0, label=label)
    assert "이미지 세 장, reg 0, 28만큼 뒤처진 정답 클래스, 코사인, 스텝 2.\n" in (
        capsys.readouterr().out
    )
    lines = failure(lambda x: 3.9, 1.0, expect=2.9, label="by hand, reg 0.2")
    assert lines[0].startswith("l3_svm: 손으로 계산한 예, reg 0.2: 너무 큽니다")


def test_a_label_with_a_colon_is_one_label(tmp_path):
    file = tmp_path / "ko.po"
    entries = {
        "{where}: {what}": "{where}: {what}",
        "the draws: from rng": "뽑은 값: rng 사용",
        "is too large": "너무 큽니다",
    }
    file.write_text(
        "\n".join(f'msgid "{a}"\nmsgstr "{b}"\n' for a, b in entries.items())
    )
    say = Messages((file,)).say
    assert say("the draws: from rng: is too large") == "뽑은 값: rng 사용: 너무 큽니다"
    assert say("a: the draws: from rng: is too large") == (
        "a: 뽑은 값: rng 사용: 너무 큽니다"
    )
    assert say("the draws: is too large") == "the draws: 너무 큽니다"


def test_a_question_on_the_way(korean, capsys):
    question("halves", None, "ed467e663b0d")
    question("halves", 3, "ed467e663b0d", hint="절반이 더 자주 들어갑니까?")
    question("halves", 12, "ed467e663b0d")
    assert capsys.readouterr().out.split("\n") == [
        "halves: 아직 답하지 않았습니다. None 자리에 답을 넣고 셀을 다시 실행하십시오.",
        "halves: 3은 정답이 아닙니다. 절반이 더 자주 들어갑니까?",
        "halves: 12는 정답입니다.",
        "",
    ]


def test_a_gradient(korean):
    x = np.array([1.0, 2.0])
    assert str(check_gradient(lambda x: (x**2).sum(), x, x, name="dx")) == (
        "그래디언트가 틀립니다: dx: 모든 원소가 수치 그래디언트의 0.5배입니다"
    )
    analytic = np.array([2.0, 5.0])
    said = str(check_gradient(lambda x: (x**2).sum(), x, analytic, name="dx"))
    assert said.startswith(
        "그래디언트가 틀립니다: dx: [1]에서 틀립니다: 5, 수치 그래디"
    )
    assert str(check_gradient(lambda x: (x**2).sum(), x, 2 * x)).startswith(
        "그래디언트가 맞습니다: 원소 2개가 일치하며"
    )


def test_all_advice_has_a_translation(korean):
    texts = [*STEPS.values(), SIGN.likely, SIGN.step, UNDRAWN.likely, UNDRAWN.step]
    texts += [text for one in ADVICE.values() for text in (one.likely, one.step)]
    assert [text for text in texts if text and korean.say(text) == text] == []


def test_what_is_unknown_stays_as_it_is(korean):
    assert korean.say("Reticulating splines") == "Reticulating splines"
    assert Messages().say("not answered yet") == "not answered yet"


def test_english_does_not_change():
    assert language().say("loss: is too large") == "loss: is too large"


@pytest.mark.parametrize("path", CATALOGUES, ids=[p.__name__ for p in PACKAGES])
def test_every_entry_keeps_what_is_filled_in(path):
    entries = read_catalogue(path.read_text("utf-8"))
    assert len(entries) > 20
    for text, said in entries:
        wanted, got = (set(PLACEHOLDER.findall(one)) for one in (text, said))
        assert got == wanted, text
        code = set(re.findall("`[^`]*`", text))
        assert {c for c in code if "{" not in c} <= set(re.findall("`[^`]*`", said))
        assert said.count("`") % 2 == 0, text
        assert re.search("[가-힣]", said) or said in text or "{" in said, text


@pytest.mark.parametrize("path", CATALOGUES, ids=[p.__name__ for p in PACKAGES])
def test_one_voice(path):
    """A sentence ends in 합니다체; what is no sentence has no end of one."""
    for text, said in read_catalogue(path.read_text("utf-8")):
        plain = fill_in(said, dict.fromkeys(PLACEHOLDER.findall(said), "값"))
        for sentence in re.findall(r"[^.?]*[가-힣][.?](?= |$)", plain):
            assert SPEECH.search(sentence) or sentence.endswith("값."), text
        assert not re.search(r"(세요|해요|어요|예요|한다|된다)[.?]?$", plain), text

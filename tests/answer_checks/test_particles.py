"""Korean particles after what is filled in, as a Korean reader reads it aloud."""

from __future__ import annotations

import pytest

from answer_checks.particles import with_particle


@pytest.mark.parametrize(
    ("word", "subject"),
    [
        # a final consonant, and none
        ("손실", "손실이"),
        ("함수", "함수가"),
        # letters by their names: 더블유, 엔, 엘, 알, 엑스
        ("W", "W가"),
        ("N", "N이"),
        ("L", "L이"),
        ("dW", "dW가"),
        ("SVM", "SVM이"),
        ("rng", "rng가"),
        # digits: 영, 일, 이, 삼, 사, 오, 육, 칠, 팔, 구; 십, 백
        *((digit, f"{digit}이") for digit in "013678"),
        *((digit, f"{digit}가") for digit in "2459"),
        ("10", "10이"),
        ("2.9", "2.9가"),
        ("float32", "float32가"),
        # names in code, as they are read
        ("loss", "loss가"),
        ("scores", "scores가"),
        ("margin", "margin이"),
        ("shape", "shape가"),
        ("None", "None이"),
        ("True", "True가"),
        ("label", "label이"),
        ("table", "table이"),
        ("dout", "dout이"),
        ("float", "float가"),
        ("dict", "dict가"),
        ("list", "list가"),
        ("step", "step이"),
        ("check", "check가"),
        ("dtype", "dtype이"),
        # quotes and brackets are not read
        ("`W`", "`W`가"),
        ("'number'", "'number'가"),
        ("(N, D)", "(N, D)가"),
        ("history[1]", "history[1]이"),
        ("—", "—이(가)"),
    ],
)
def test_the_subject(word, subject):
    assert with_particle(word, "이/가") == subject


@pytest.mark.parametrize(
    ("word", "pair", "said"),
    [
        ("손실", "으로/로", "손실로"),  # ㄹ goes with a vowel here alone
        ("손실", "을/를", "손실을"),
        ("7", "으로/로", "7로"),
        ("6", "으로/로", "6으로"),
        ("벡터", "으로/로", "벡터로"),
        ("행렬", "과/와", "행렬과"),
        ("W", "과/와", "W와"),
        ("(6, 4)", "이어야/여야", "(6, 4)여야"),
        ("(4, 3)", "이어야/여야", "(4, 3)이어야"),
    ],
)
def test_other_pairs(word, pair, said):
    assert with_particle(word, pair) == said

r"""The field's terms in English and Korean, and how to set one beside the other.

Usage is that of Korean textbooks and of the Korean translations of the classics; where
several words are in use, the second one stands for those. Names in code stay English.

Examples
--------
>>> korean("regularization")
('규제', '정규화')
>>> print(beside("Regularization is missing from the loss: see `reg`."))
Regularization (규제, 정규화) is missing from the loss (손실): see `reg`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True)
class Term:
    """A term of the field.

    Attributes
    ----------
    english : tuple of str
        The term, singular and in small letters, then other forms of it.
    korean : tuple of str
        The usual word, then at most one other that is often met.
    note : str
        What else a reader should know; may be empty.
    """

    english: tuple[str, ...]
    korean: tuple[str, ...]
    note: str = ""


def _term(english: str, korean: str, note: str = "") -> Term:
    return Term(tuple(english.split(", ")), tuple(korean.split(", ")), note)


TERMS: tuple[Term, ...] = (
    # Scores, losses, penalties
    _term("classifier", "분류기"),
    _term("linear classifier", "선형 분류기"),
    _term("score", "점수"),
    _term("label", "레이블"),
    _term("true class", "정답 클래스"),
    _term("margin", "마진"),
    _term("loss", "손실"),
    _term("loss function", "손실 함수", "목적 함수, 비용 함수: the same in most texts"),
    _term("data loss", "데이터 손실"),
    _term("hinge", "힌지"),
    _term("hinge loss", "힌지 손실"),
    _term("softmax", "소프트맥스"),
    _term("cross-entropy", "교차 엔트로피, 크로스 엔트로피"),
    _term("cross-entropy loss", "교차 엔트로피 손실"),
    _term("entropy", "엔트로피"),
    _term("probability", "확률"),
    _term("natural logarithm", "자연로그"),
    _term("logarithm", "로그"),
    _term("overflow", "오버플로"),
    _term(
        "regularization, regularisation",
        "규제, 정규화",
        "정규화 is also the usual word for normalization",
    ),
    _term(
        "normalization, normalisation",
        "정규화",
        "not 규제; 표준화 is standardization, to mean 0 and spread 1",
    ),
    _term("penalty", "페널티, 벌점"),
    _term("elastic net", "엘라스틱넷"),
    _term("weight decay", "가중치 감쇠"),
    _term("norm", "노름"),
    _term("overfitting", "과적합, 과대적합"),
    # Slopes and steps
    _term("slope", "기울기"),
    _term("derivative", "도함수, 미분", "at one point: 미분계수"),
    _term("partial derivative", "편도함수, 편미분"),
    _term("gradient", "기울기, 그래디언트", "also 그레이디언트, 경사"),
    _term("subgradient", "서브그래디언트, 열미분"),
    _term("numeric gradient, numerical gradient", "수치 기울기, 수치 미분"),
    _term("analytic gradient, analytical gradient", "해석적 기울기"),
    _term("gradient check", "기울기 확인, 그래디언트 체크"),
    _term("finite difference", "유한 차분"),
    _term(
        "centred difference, centered difference, central difference",
        "중심 차분, 중앙 차분",
    ),
    _term("forward difference", "전진 차분, 전방 차분"),
    _term("relative error", "상대 오차"),
    _term("gradient descent", "경사 하강법"),
    _term("stochastic gradient descent", "확률적 경사 하강법"),
    _term("learning rate", "학습률"),
    _term("step size", "스텝 크기, 보폭"),
    _term("momentum", "모멘텀, 관성"),
    _term("minibatch, mini-batch", "미니배치"),
    _term("batch", "배치"),
    _term("epoch", "에폭, 에포크"),
    _term("random search", "무작위 탐색, 랜덤 서치"),
    # Graphs and networks
    _term("computational graph", "계산 그래프"),
    _term("node", "노드"),
    _term("gate", "게이트"),
    _term("chain rule", "연쇄 법칙"),
    _term("backpropagation", "역전파, 오차역전파"),
    _term("forward pass", "순전파, 순방향 계산"),
    _term("backward pass", "역전파, 역방향 계산"),
    _term("upstream gradient", "상류 기울기", "the one that flows in from above"),
    _term("local gradient", "지역 기울기, 국소 기울기", "also 국소적 미분"),
    _term("downstream gradient", "하류 기울기", "the one that is passed on"),
    _term("Jacobian", "야코비 행렬, 자코비안"),
    _term("activation function", "활성화 함수"),
    _term("activation", "활성화, 활성값", "활성값 where it means the output of a unit"),
    _term("sigmoid", "시그모이드"),
    _term("saturation", "포화"),
    _term("vanishing gradient", "기울기 소실"),
    _term("affine layer", "아핀 계층"),
    _term("fully connected layer", "완전 연결층"),
    _term("neuron", "뉴런"),
    _term("hidden layer", "은닉층"),
    _term("hidden unit", "은닉 유닛, 은닉 노드"),
    _term("weight", "가중치"),
    _term("bias", "편향, 바이어스"),
    _term("parameter", "매개변수, 파라미터"),
    _term("hyperparameter", "초매개변수, 하이퍼파라미터"),
    # Data, features, arrays
    _term("training data", "훈련 데이터, 학습 데이터"),
    _term("validation data", "검증 데이터"),
    _term("cross-validation", "교차 검증"),
    _term("accuracy", "정확도"),
    _term("feature", "특징, 특성"),
    _term("histogram", "히스토그램"),
    _term("bag of visual words", "시각 단어 주머니"),
    _term("template", "템플릿"),
    _term("one-hot", "원-핫"),
    _term("vectorization, vectorisation", "벡터화"),
    _term("broadcasting", "브로드캐스팅"),
    _term("transpose, transposed", "전치"),
    _term("dot product", "내적"),
    _term("matrix product", "행렬 곱"),
)


def korean(term: str) -> tuple[str, ...]:
    """Return the Korean words for a term, the usual one first.

    Parameters
    ----------
    term : str
        In English, singular or plural, in any case.

    Raises
    ------
    KeyError
        The glossary does not hold it.

    Examples
    --------
    >>> korean("Hidden layers"), korean("bias")
    (('은닉층',), ('편향', '바이어스'))
    """
    found = _forms().get(_plain(term))
    if found is None:
        raise KeyError(f"the glossary does not hold {term!r}")
    return found.korean


def beside(text: str) -> str:
    """Set the Korean words in brackets behind the first occurrence of each term.

    Longer terms go before shorter ones. Code is left alone: what stands in backticks
    or quotes, a call, and a word that ``_``, ``.``, ``=``, a digit or a hyphen makes a
    name. Done twice, it changes nothing more.

    Parameters
    ----------
    text : str
        A message; all its lines count as one text.

    Examples
    --------
    >>> beside("hinge loss: a loss of svm_loss_i is a loss, not softmax(scores)")
    'hinge loss (힌지 손실): a loss (손실) of svm_loss_i is a loss, not softmax(scores)'
    """
    seen: set[Term] = set()

    def add(match: re.Match[str]) -> str:
        term = _forms().get(_plain(match["term"])) if match["term"] else None
        if term is None or term in seen:
            return match[0]
        seen.add(term)
        shown = f" ({', '.join(term.korean)})"
        return match[0] + ("" if text.startswith(shown, match.end()) else shown)

    return _pattern().sub(add, text)


def table() -> str:
    """Return the glossary as a table in Markdown, in the order of the alphabet."""
    rows = ["| English | Korean | Note |", "| --- | --- | --- |"]
    for term in sorted(TERMS, key=lambda term: term.english[0].lower()):
        rows.append(f"| {term.english[0]} | {', '.join(term.korean)} | {term.note} |")
    return "\n".join(rows) + "\n"


def _plain(term: str) -> str:
    return " ".join(term.lower().replace("-", " ").split())


def _plural(form: str) -> str:
    if re.search("[^aeiou]y$", form):
        return form[:-1] + "ies"
    return form + ("es" if form.endswith(("s", "x", "ch")) else "s")


@cache
def _forms() -> dict[str, Term]:
    """Return each form, singular and plural, with its term."""
    forms = {}
    for term in TERMS:
        for form in term.english:
            for one in (form, _plural(form)):
                forms[_plain(one)] = term
    return forms


@cache
def _pattern() -> re.Pattern[str]:
    """Match a term as a whole word, or a stretch of code as a whole."""
    longest_first = sorted(_forms(), key=len, reverse=True)
    words = "|".join(re.escape(form).replace(r"\ ", "[ -]") for form in longest_first)
    # In backticks, in quotes (an apostrophe is none), or a call.
    code = r"`[^`\n]*`|(?<!\w)'[^'\n]*'(?!\w)|\"[^\"\n]*\"|\w\([^()\n]*\)"
    # No part of a longer word, an attribute, a keyword argument or an assignment.
    before, after = r"(?<![\w.=\[-])", r"(?![\w(\[]|-\w|\.\w| ?=)"
    return re.compile(f"{code}|{before}(?P<term>{words}){after}", re.IGNORECASE)

"""Answers that are far closer to each other than those of the class: for a person.

Code is compared by its form: names that a student chose, comments, blanks and
docstrings do not count, nor do passages of the handout or passages that many share. Two
students can have the same idea, help each other as they may, or read the same book:
nothing here is a score, and nothing leads to one.
"""

from __future__ import annotations

import io
import keyword
import token
import tokenize
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from math import log
from statistics import median
from typing import Any

from autograder.course.handout import Handout
from autograder.gradebook.standings import Results
from autograder.report.mistakes import mistakes_in, solutions

PASSAGE = 10  # tokens
FEWEST = 8  # passages of its own that an answer must have to be compared
COMMON = 0.2  # a passage in this share of the answers, and in more than MANY, is common
MANY = 3
LEAST = 0.5  # no pair is listed below this, however far apart the others are
SPREADS = 6.0  # above the median of everybody's closest, in median deviations
RARE = 0.1  # a mistake of at most this share of the class, or of two, is rare
MOST_PAIRS = 50

SKIPPED = frozenset(
    {
        token.ENCODING,
        token.COMMENT,
        token.NL,
        token.NEWLINE,
        token.INDENT,
        token.DEDENT,
        token.ENDMARKER,
    }
)
Passages = frozenset[tuple[str, ...]]


@dataclass(frozen=True)
class Pair:
    """Two students whose answers are far closer than those of others.

    Attributes
    ----------
    students : tuple of str
        The two, in the order of the alphabet.
    likeness : float
        How much of what is their own they share: 0 to 1, rare passages weigh more.
    exercises : list of str
        Where, the closest first.
    mistakes : list of str
        Rare mistakes that both made, in words.
    """

    students: tuple[str, str]
    likeness: float
    exercises: list[str]
    mistakes: list[str]


@dataclass(frozen=True)
class Similar:
    """What was found in a class.

    Attributes
    ----------
    pairs : list of Pair
        The closest first.
    cutoff : float
        The likeness from which on a pair is listed.
    usual : float
        The median likeness of a student and the one who is closest.
    compared : int
        How many students had code to compare.
    more : int
        How many pairs are not listed, for there are too many.
    """

    pairs: list[Pair]
    cutoff: float
    usual: float
    compared: int
    more: int = 0


def tokens_of(source: str) -> list[str]:
    """Return the form of a piece of code, up to where it stops being Python.

    Examples
    --------
    >>> tokens_of("total = np.dot(w, x)  # sum") == tokens_of("s=np.dot( a,b )")
    True
    >>> tokens_of("x + 1") == tokens_of("x - 1")
    False
    """
    found: list[str] = []
    before = ""
    try:
        for one in tokenize.generate_tokens(io.StringIO(source).readline):
            if one.type in SKIPPED:
                continue
            text = one.string
            if one.type == token.NAME and not keyword.iskeyword(text):
                text = text if before == "." else "name"
            elif one.type == token.STRING:
                text = "text"
            found.append(text)
            before = text
    except (tokenize.TokenError, SyntaxError):
        pass  # what stands before it is compared
    return found


def passages_of(source: str) -> Passages:
    """Return the passages of a piece of code, each some tokens long."""
    tokens = tokens_of(source)
    ends = range(len(tokens) - PASSAGE + 1)
    return frozenset(tuple(tokens[i : i + PASSAGE]) for i in ends)


@dataclass
class _Exercise:
    """One exercise's answers, by student, as sets of passages."""

    name: str
    answers: dict[str, Passages] = field(default_factory=dict)

    def weights(self) -> dict[tuple[str, ...], float]:
        """Return how much a passage tells: rare ones more, common ones nothing."""
        times = Counter(p for own in self.answers.values() for p in own)
        size = len(self.answers)
        common = max(MANY, COMMON * size)
        return {p: log(1 + size / n) for p, n in times.items() if n <= common}


def find_similar(
    handouts: Sequence[Handout],
    results: Results,
    load: Callable[[str, str], Mapping[str, Any]],
) -> Similar:
    """Find pairs of students whose code is far closer than that of the class's others.

    Parameters
    ----------
    handouts : sequence of Handout
        The notebooks.
    results : mapping
        Student -> notebook -> judgement; a group's work once.
    load : callable
        ``load(student, notebook)`` returns a graded notebook.
    """
    shared: dict[tuple[str, str], float] = {}
    where: dict[tuple[str, str], dict[str, float]] = {}
    sizes: dict[str, float] = {}
    for handout in handouts:
        for exercise in _read(handout, results, load):
            for pair, weight in _compare(exercise, sizes).items():
                shared[pair] = shared.get(pair, 0.0) + weight
                where.setdefault(pair, {})[exercise.name] = weight
    likeness = {
        pair: weight / min(sizes[pair[0]], sizes[pair[1]])
        for pair, weight in shared.items()
    }
    usual, cutoff = _cutoff(likeness, list(sizes))
    listed = sorted(
        (pair for pair, value in likeness.items() if value >= cutoff),
        key=lambda pair: (-likeness[pair], pair),
    )
    rare = _rare_mistakes(results)
    pairs = [
        Pair(
            pair,
            min(likeness[pair], 1.0),
            sorted(where[pair], key=lambda name: -where[pair][name]),
            sorted(rare.get(pair[0], set()) & rare.get(pair[1], set())),
        )
        for pair in listed
    ]
    pairs.sort(key=lambda one: (not one.mistakes, -one.likeness, one.students))
    return Similar(
        pairs[:MOST_PAIRS],
        cutoff,
        usual,
        len(sizes),
        max(len(pairs) - MOST_PAIRS, 0),
    )


def _read(
    handout: Handout, results: Results, load: Callable[[str, str], Mapping[str, Any]]
) -> list[_Exercise]:
    """Read the code of a notebook's exercises, one file in memory at a time."""
    stubs = {name: passages_of(cell.source) for name, cell in handout.cells.items()}
    names = [e.id for e in handout.exercises if e.kind == "code"]
    found = {name: _Exercise(name) for name in names}
    for student, of in results.items():
        if handout.name not in of:
            continue
        cells = solutions(load(student, handout.name))
        for name in names:
            own = passages_of(cells.get(name, "")) - stubs.get(name, frozenset())
            if own:
                found[name].answers[student] = own
    return list(found.values())


def _compare(
    exercise: _Exercise, sizes: dict[str, float]
) -> dict[tuple[str, str], float]:
    """Weigh what two answers share that few others have; count what each has."""
    weights = exercise.weights()
    holders: dict[tuple[str, ...], list[str]] = {}
    for student, passages in exercise.answers.items():
        own = [p for p in passages if p in weights]
        if len(own) < FEWEST:
            continue
        size = sum(weights[p] for p in own)
        sizes[student] = sizes.get(student, 0.0) + size
        for passage in own:
            holders.setdefault(passage, []).append(student)
    shared: dict[tuple[str, str], float] = {}
    for passage, students in holders.items():
        for one, other in combinations(sorted(students), 2):
            shared[one, other] = shared.get((one, other), 0.0) + weights[passage]
    return shared


def _cutoff(
    likeness: Mapping[tuple[str, str], float], students: Sequence[str]
) -> tuple[float, float]:
    """Return how close the closest usually is, and what is far closer than that."""
    closest = dict.fromkeys(students, 0.0)
    for pair, value in likeness.items():
        for student in pair:
            closest[student] = max(closest[student], value)
    if not closest:
        return 0.0, LEAST
    usual = median(closest.values())
    spread = median(abs(value - usual) for value in closest.values())
    # Where nearly all are close to somebody, only what is all but equal stands out.
    return usual, min(max(LEAST, usual + SPREADS * spread), 0.95)


def _rare_mistakes(results: Results) -> dict[str, set[str]]:
    """Return for each student the mistakes that few others made, in words."""
    made = {student: set(_mistakes(of.values())) for student, of in results.items()}
    times = Counter(mistake for own in made.values() for mistake in own)
    few = max(2.0, RARE * len(made))
    return {
        student: {f"{name}: {says}" for name, says in own if times[name, says] <= few}
        for student, own in made.items()
    }


def _mistakes(judgements: Iterable[Any]) -> Iterator[tuple[str, str]]:
    for judgement in judgements:
        for verdict in judgement.verdicts:
            for key in mistakes_in(verdict):
                yield verdict.exercise, key.says

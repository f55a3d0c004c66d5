"""Settle by which draws a course is graded, once, before anybody is."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence

from autograder.classroom.choice import Choice, Spread
from autograder.classroom.digests import verdict_digest
from autograder.course.handout import Handout
from autograder.exercise.kinds import ExerciseKind
from autograder.exercise.record import Exercise
from autograder.gradebook.book import Book, StoredDraw
from autograder.judging.draw import Draw, choose_draw

JUDGED = (ExerciseKind.CODE, ExerciseKind.VALUE)


def settle_draws(
    book: Book, handouts: Sequence[Handout], spread: Spread | None = None
) -> tuple[dict[str, int], list[str]]:
    """Return the draws of the exercises of some notebooks; choose those not chosen yet.

    A draw stays as long as the gradebook. Where an exercise or the engine has changed
    since it was chosen, it is tried again, and replaced only if it lets a misconception
    through now or refuses a right answer.

    Parameters
    ----------
    book : Book
        The gradebook, which keeps the seed and the draws.
    handouts : sequence of Handout
        The notebooks.
    spread : callable, optional
        Calls :func:`choose` with each of the choices, here or elsewhere, and returns
        what it returns, in order. By default this process chooses.

    Returns
    -------
    draws : dict
        For each exercise's id, its draw.
    said : list of str
        What the instructor should know, a line each; empty where nothing was chosen.
    """
    engine, seed, stored = verdict_digest(), book.seed(), book.draws()
    records: dict[str, Exercise] = {}
    digests: dict[str, str] = {}
    choices: list[Choice] = []
    for handout in handouts:
        for exercise in handout.exercises:
            if exercise.kind not in JUDGED:
                continue
            name = exercise.id
            files = handout.digest_of(exercise)
            records[name] = exercise
            digests[name] = hashlib.sha256(f"{files} {engine}".encode()).hexdigest()
            known = stored.get(name)
            if known is None or known.digest != digests[name]:
                kept = known.number if known else None
                choices.append(Choice(name, handout.root, seed, kept))

    def here(choices: Sequence[Choice]) -> Iterable[Draw]:
        return [choose_draw(records[c.exercise], c.seed, c.kept) for c in choices]

    found = (spread or here)(choices)
    chosen = {c.exercise: draw for c, draw in zip(choices, found, strict=True)}
    said = list(_said(book, stored, chosen))
    book.save_draws({n: StoredDraw(d.number, digests[n]) for n, d in chosen.items()})
    numbers = {name: draw.number for name, draw in stored.items() if name in digests}
    return numbers | {name: draw.number for name, draw in chosen.items()}, said


def _said(
    book: Book, stored: Mapping[str, StoredDraw], chosen: Mapping[str, Draw]
) -> Iterator[str]:
    new = {name: draw for name, draw in chosen.items() if name not in stored}
    if new:
        draws = sum(draw.refused + 1 for draw in new.values())
        again = [f"{n} {d.refused + 1}" for n, d in new.items() if d.refused]
        more = f"; more than one for {', '.join(again)}" if again else ""
        yield (
            f"Questions: {draws} draws for {len(new)} exercises, the same questions "
            f"for everybody{more}"
        )
    if new and not stored and book.digests():
        yield (
            "this gradebook has grades from questions that differed between students; "
            "who is graded from now on is asked the same as everybody: grade the whole "
            "class again, with --regrade and without --student"
        )
    for name, draw in chosen.items():
        if name in stored and draw.number != stored[name].number:
            yield (
                f"{name} has changed and its questions no longer tell right from "
                "wrong: new ones are drawn, and everybody is graded again by them"
            )
        if draw.faults:
            yield (
                f"WARNING: of {draw.refused} draws none is right; the best of them: "
                f"{'; '.join(draw.faults[:3])}; see `python -m autograder check`"
            )


__all__ = ["settle_draws"]

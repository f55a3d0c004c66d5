"""How far a notebook's exercises are, as a table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from answer_checks.columns import columns, padded
from answer_checks.language import Language, in_language
from answer_checks.session import State, finished

LONGEST = 120  # characters of what is said of an exercise


@dataclass(frozen=True)
class Row:
    """How one exercise stands.

    Attributes
    ----------
    exercise : str
        The id.
    state : State
        How it stands.
    said : str
        What its check said, in one line; empty where it passed.
    """

    exercise: str
    state: State
    said: str = ""


def row(
    exercise: str, state: State, message: str, chosen: Language | None = None
) -> Row:
    r"""Make a row from what a check said, the likely reason where there is one.

    Parameters
    ----------
    exercise : str
        The id.
    state : State
        How it stands.
    message : str
        What the check said.
    chosen : Language, optional
        That of the message; by default the one that is set.

    Examples
    --------
    >>> row("l0_x", State.WRONG, "l0_x: loss: is too large\nNext step: look.").said
    'loss: is too large'
    """
    lines = message.splitlines() or [""]
    mark = in_language("Likely reason: ?", chosen).removesuffix("?")
    likely = [line for line in lines if line.startswith(mark)]
    said = (likely or lines)[0].removeprefix(f"{exercise}: ")
    if len(said) > LONGEST:
        said = said[: LONGEST - 3] + "..."
    return Row(exercise, state, said if state is State.WRONG else "")


def table(rows: Iterable[Row], chosen: Language | None = None) -> str:
    """Return the rows as lines, and their count as the last one.

    Parameters
    ----------
    rows : iterable of Row
        One for each exercise.
    chosen : Language, optional
        What the table is in; by default the language that is set.

    Examples
    --------
    >>> print(table([Row("l0_x", State.PASSED), Row("l0_long", State.WRONG, "small")]))
    l0_x     passed
    l0_long  wrong   small
    1 of 2 exercises passed, 1 wrong, 0 open
    """
    found = list(rows)
    width = max((len(one.exercise) for one in found), default=0)
    states = {state: in_language(state.value, chosen) for state in State}
    widest = max(map(columns, states.values()))
    lines = [
        f"{r.exercise:{width}}  {padded(states[r.state], widest)}  {r.said}".rstrip()
        for r in found
    ]
    counts = {state: sum(one.state is state for one in found) for state in State}
    total = (
        f"{counts[State.PASSED]} of {len(found)} exercises passed, "
        f"{counts[State.WRONG]} wrong, {counts[State.OPEN]} open"
    )
    lines.append(in_language(total, chosen))
    return "\n".join(lines)


def show() -> None:
    """Print how the exercises stand whose checks have run since the kernel started.

    The visible checks alone are counted; hidden tests run when the course is graded.
    """
    done = finished().values()
    if not done:
        nothing = "No visible check has run since the kernel started: run all cells."
        print(in_language(nothing))
        return
    print(table(row(one.exercise, one.state, one.message) for one in done))

"""The page that a student reads: the notebook as it was run, points and reasons."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from answer_checks.language import ENGLISH, Language
from autograder.course.cells import TEST_SUFFIX
from autograder.gradebook.standings import TOLD
from autograder.judging.explain import lines
from autograder.notebook_name import lecture_of, stem_of
from autograder.report.markdown import render_markdown
from autograder.report.page import one_line, render_page
from autograder.report.render_notebook import Room, render_cell
from autograder.report.status_text import STATUS_TEXT, Group, group, title, waits
from autograder.verdict import CheckResult, Judged, Status, Verdict

STALE = "The stored output differs from a fresh run; no points taken."
NOT_RUN = "Not run under grading."
CHECK_TEXT = {Group.FULL: "passed", Group.PART: "in part", Group.NONE: "not passed"}
KEPT = "Not run under grading; this is the output that your file holds."
RAN = "Run under grading, without drawing its pictures anew."


@dataclass(frozen=True)
class Shown:
    """A cell as the page shows it.

    Attributes
    ----------
    html : Markup
        Its body, cleaned.
    remark : str
        A short neutral remark; may be empty.
    result : Result or None
        What the exercise that ends here earned.
    look : bool
        It answers an exercise that is to be looked at.
    """

    html: Markup
    remark: str
    result: Result | None
    look: bool


class Result:
    """An exercise's verdict, in the words of the page.

    Parameters
    ----------
    verdict : Verdict
        What was found.
    language : Language
        Of the messages.
    """

    def __init__(self, verdict: Verdict, language: Language) -> None:
        self.id = verdict.exercise
        tell, say = language.messages.say, language.together()
        self.title = tell(title(verdict.exercise))
        self.score = verdict.score
        self.max_score = verdict.max_score
        self.group = group(verdict)
        self.waits = waits(verdict)
        self.beside = verdict.beside
        self.status = tell(_status(verdict))
        # render_markdown cleans what it returns.
        self.comment = Markup(render_markdown(verdict.comment))  # noqa: S704
        self.open = self.group in (Group.PART, Group.NONE)
        # What is worth a sheet of paper.
        self.look = self.group is not Group.FULL or bool(self.comment)
        said = lines(verdict)
        # The first line repeats the first check that fell short.
        advice = said[1:] if verdict.checks else said
        self.advice = [say(one_line(line)) for line in advice]
        self.checks = [_Check(c, verdict, say, tell) for c in verdict.checks]


class _Check:
    """A hidden check: label, points, and why it fell short.

    Parameters
    ----------
    check : CheckResult
        What was found.
    verdict : Verdict
        The verdict that it belongs to.
    say : callable
        Puts a message into the language of the page.
    tell : callable
        The same without the glossary's words beside it.
    """

    def __init__(
        self,
        check: CheckResult,
        verdict: Verdict,
        say: Callable[[str], str],
        tell: Callable[[str], str],
    ) -> None:
        self.label = say(one_line(check.label))
        self.points, self.earned = check.points, check.earned
        part = Group.PART if check.earned > 0 else Group.NONE
        self.group = Group.FULL if check.passed else part
        self.said = tell(CHECK_TEXT[self.group])
        explained = not check.passed and verdict.status is not Status.UNANSWERED
        self.reason = say(one_line(check.reason)) if explained else ""


def render_feedback(
    judged: Judged,
    student: str,
    language: Language = ENGLISH,
    links: Mapping[str, str] | None = None,
) -> str:
    """Return the feedback page of one notebook, complete in itself.

    What is meant for the instructor alone (the judgement's ``notes``) is not on it.

    Parameters
    ----------
    judged : Judged
        What grading found, and the notebook as it was run.
    student : str
        The student's id; any text.
    language : Language
        Of the page, for a student who took no edition in another one.
    links : mapping, optional
        By exercise id, where the student finds it in the notebook.
    """
    judgement = judged.judgement
    language = language.for_edition(judgement.language)
    results = {v.exercise: Result(v, language) for v in judgement.verdicts}
    cells = _cells(judged, results, language.messages.say)
    placed = {cell.result.id for cell in cells if cell.result}
    return render_page(
        "feedback.html",
        say=language.messages.say,
        lang=language.code,
        lecture=lecture_of(judgement.notebook),
        name=stem_of(judgement.notebook),
        student=one_line(student),
        results=list(results.values()),
        rest=[r for r in results.values() if r.id not in placed],
        cells=cells,
        score=sum(v.counted for v in judgement.verdicts),
        most=sum(v.counted_max for v in judgement.verdicts),
        waiting=sum(v.max_score for v in judgement.verdicts if waits(v)),
        stale=len(judgement.stale),
        beside=any(v.beside for v in judgement.verdicts),
        links=links or {},
        **_unjudged(judged, language.messages.say),
    )


def _unjudged(judged: Judged, say: Callable[[str], str]) -> dict[str, str]:
    """Say what is the matter with a notebook that could not be run."""
    verdicts = judged.judgement.verdicts
    statuses = {v.status for v in verdicts}
    if not judged.notebook["cells"] and statuses in ({"missing"}, {"unreadable"}):
        return {"unjudged": statuses.pop(), "why": say(one_line(verdicts[0].note))}
    return {"unjudged": "", "why": ""}


def _cells(
    judged: Judged, results: Mapping[str, Result], say: Callable[[str], str]
) -> list[Shown]:
    judgement = judged.judgement
    shown, room, placed = [], Room(), set()
    for place, cell in enumerate(judged.notebook["cells"]):
        grade_id = _graded_id(cell)
        result = results.get(grade_id) or results.get(
            grade_id.removesuffix(TEST_SUFFIX)
        )
        if result is not None:
            if result.id in placed:
                result = None
            else:
                placed.add(result.id)
        if not room.left and result is None:
            continue
        # Every part of it was cleaned or escaped where it was made.
        html = Markup(render_cell(cell, room))  # noqa: S704
        told = _remark(cell, place in judgement.stale, place in judgement.demos)
        remark = say(told)
        if html or remark or result:
            answers = results.get(_id(cell).removesuffix(TEST_SUFFIX))
            look = answers is not None and answers.look
            shown.append(Shown(html, remark, result, look))
    return shown


def _graded_id(cell: Mapping[str, Any]) -> str:
    meta = cell["metadata"].get("nbgrader") or {}
    graded = meta.get("grade") or meta.get("task")
    return _id(cell) if graded else ""


def _id(cell: Mapping[str, Any]) -> str:
    meta = cell["metadata"].get("nbgrader") or {}
    return str(meta.get("grade_id", ""))


def _remark(cell: Mapping[str, Any], stale: bool, ran: bool) -> str:
    if stale:
        return STALE
    if ran:
        return RAN
    if "demo" not in cell["metadata"].get("tags", []):
        return ""
    return KEPT if cell.get("outputs") else NOT_RUN


def _status(verdict: Verdict) -> str:
    said = _status_alone(verdict)
    return "; ".join(filter(None, [said, TOLD.get(verdict.counts, "")]))


def _status_alone(verdict: Verdict) -> str:
    if verdict.status is Status.MANUAL:
        read = not waits(verdict)
        return STATUS_TEXT[verdict.status] if read else "waits for a person to read it"
    if verdict.by_person:
        return "score set by a person"
    return STATUS_TEXT[verdict.status]

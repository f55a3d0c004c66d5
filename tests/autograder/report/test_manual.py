"""The texts that a person reads, side by side."""

import json
import re

import pytest

from autograder.course.handout import course_root, lectures, load_handouts
from autograder.exercise.record import Exercise
from autograder.report.manual import (
    manual_exercises,
    model_answer,
    render_answers,
    score_rows,
    split_question,
    texts,
    without_question,
)
from autograder.verdict import CheckResult, Failure, Judgement, Verdict

from .conftest import HOSTILE_NAME, PNG, code, notebook, text
from .test_class_report import text_of

QUESTION = "Why *twice*?\n\nYOUR ANSWER HERE"
RUBRIC = "- 1 point: names $2x$.\n- 1 point: a reason."


def judged(status="manual", score=0.0, by_person=False):
    given = score if by_person else None
    verdict = Verdict("t_question", score, 2, status, by_person=by_person, given=given)
    return {"test/01_small": Judgement("test/01_small", [verdict])}


RESULTS = {
    "ada": judged(),
    "bob": judged(score=1.5, by_person=True),
    "cyd": judged("unanswered"),
    "dan": judged("missing"),
}


@pytest.fixture
def asked(small):
    """The small notebook, with a question that has a rubric."""
    small.notebook["cells"][-1]["source"] = QUESTION
    question = Exercise(
        "t_question", "test/01_small", points=2, kind="manual", rubric=RUBRIC
    )
    small.exercises = [*small.exercises[:2], question]
    return small


@pytest.fixture
def page_of(asked, tmp_path):
    def write(answers, results=RESULTS):
        def load(student, _):
            cell = answers.get(student)
            if isinstance(cell, str):
                cell = text(cell, "t_question", grade=True)
            return notebook(*([cell] if cell else []))

        parts = render_answers(
            asked, asked.exercises[2], list(results), results, load, tmp_path
        )
        return "".join(parts)

    return write


def test_question_rubric_and_answers(page_of):
    answer = QUESTION.replace("YOUR ANSWER HERE", "Because **it** is $2x$.")
    page = page_of({"ada": answer, "bob": "Own words."})
    words = text_of(page)
    assert "2 texts, 1 without a score." in words
    assert "Question Why twice ? Rubric 1 point: names" in words
    assert page.count("Why <em>twice</em>?") == 1  # not again in the answer
    assert "ada no score yet Because it is" in words
    assert "bob 1.5 of 2 Own words." in words
    assert page.count("<math") == 2
    assert "cyd" not in page
    assert 'href="../feedback/ada/test/01_small.html#t_question"' in page
    assert "A model answer" not in page


def test_a_picture_pasted_into_an_answer_is_shown(page_of):
    cell = text("![](attachment:a.png)", "t_question", grade=True)
    cell["attachments"] = {"a.png": {"image/png": PNG}}
    assert f"data:image/png;base64,{PNG}" in page_of({"ada": cell})


def test_an_answer_in_a_code_cell_is_shown(page_of):
    cell = text("Because <b>.", "t_question", grade=True) | {"cell_type": "raw"}
    assert "Because &lt;b&gt;." in page_of({"ada": cell})


def test_a_notebook_that_is_gone_is_said(page_of):
    words = text_of(page_of({"bob": "x"}))
    assert "ada no score yet The graded notebook is not at hand." in words


def test_nobody_has_written(page_of):
    assert "Nobody has written a text." in text_of(page_of({}, {}))


def test_one_long_answer_takes_no_room_from_the_others(page_of):
    page = page_of({"ada": "x" * 3_000_000, "bob": "**short**"})
    assert "<strong>short</strong>" in page
    assert len(page) < 100_000


def test_a_hostile_name_and_answer(page_of):
    page = page_of(
        {HOSTILE_NAME: "<script>x</script></article><h1>2 of 2</h1>"},
        {HOSTILE_NAME: judged()},
    )
    assert "<script" not in page
    assert "\u202e" not in page
    assert page.count("</article>") == 1
    assert page.count("<h1>") == 1


def test_the_model_answer_comes_from_the_solution(page_of, tmp_path):
    source = "Why?\n\n### BEGIN SOLUTION\nFor **this** reason.\n### END SOLUTION"
    place = tmp_path / "test" / "01_small.ipynb"
    place.parent.mkdir()
    place.write_text(json.dumps(notebook(text(source, "t_question", grade=True))))
    page = page_of({"ada": "x"})
    assert "For <strong>this</strong> reason." in page
    assert "END SOLUTION" not in page
    assert model_answer(place, "t_other") == ""
    place.write_text("no notebook")
    assert model_answer(place, "t_question") == ""


def test_the_question_goes_only_where_it_was_left_as_it_was():
    around = "Before.\n\nYOUR ANSWER HERE\n\nAfter."
    assert split_question(around) == ("Before.", "After.")
    assert without_question("Before.\n\nx\n\nAfter.", around) == "x"
    assert without_question("x", around) == "x"
    assert without_question("Before. But x", around) == "But x"
    assert without_question(around + " x", around) == "After. x"


def test_the_table_lists_every_text_with_the_score_it_has(asked):
    rows = list(score_rows([asked], list(RESULTS), RESULTS))
    assert rows == [
        ["ada", "t_question", "", "2", ""],
        ["bob", "t_question", "1.5", "2", ""],
    ]
    found = texts(asked, asked.exercises[2], list(RESULTS), RESULTS)
    assert [student for student, _ in found] == ["ada", "bob"]


def doubted(**changes):
    """What a code exercise is judged whose check left it to a person."""
    check = CheckResult("a net", 2, 0.0, Failure.DOUBT, "it could be <either>")
    verdict = Verdict("t_double", 0.0, 2, "manual", [check], **changes)
    return {"test/01_small": Judgement("test/01_small", [verdict])}


def test_an_answer_in_doubt_waits_beside_the_texts(asked, tmp_path):
    right = Verdict("t_double", 2.0, 2, "correct")
    results = {
        "ada": doubted(),
        "bob": doubted(by_person=True, given=1.0),
        "cyd": {"test/01_small": Judgement("test/01_small", [right])},
    }
    exercise = asked.exercises[0]
    listed = manual_exercises([asked], list(results), results)
    assert [e.id for _, e in listed] == ["t_double", "t_question"]
    assert [e.id for _, e in manual_exercises([asked])] == ["t_question"]
    assert list(score_rows([asked], list(results), results)) == [
        ["ada", "t_double", "", "2", ""],
        ["bob", "t_double", "1", "2", ""],
    ]

    def load(student, _):
        return notebook(code("double = lambda x: 2 * x", grade_id="t_double"))

    page = "".join(
        render_answers(asked, exercise, list(results), results, load, tmp_path)
    )
    words = text_of(page)
    assert "2 answers, 1 without a score." in words
    assert "Why a person decides it could be" in words
    assert "&lt;either&gt;" in page
    assert "<either>" not in page
    assert "Question" not in words
    assert "Rubric" not in words
    assert "double = lambda x : 2 * x" in words
    assert "cyd" not in page


ROOT = course_root()
MANUAL = [
    pair
    for lecture in lectures(ROOT)
    for pair in manual_exercises(load_handouts(ROOT, lecture))
]


@pytest.mark.parametrize(
    ("handout", "exercise"), MANUAL, ids=lambda x: getattr(x, "id", "")
)
def test_every_text_question_has_its_rubric_in_one_place(handout, exercise):
    points = [
        float(n) for n in re.findall(r"^- ([\d.]+) points?:", exercise.rubric, re.M)
    ]
    assert sum(points) == exercise.points
    path = ROOT / "solutions" / f"{handout.name}.ipynb"
    model = model_answer(path, exercise.id)
    assert len(model) > 200
    assert "rubric" not in path.read_text("utf-8").lower()
    before, _ = split_question(handout.cells[exercise.id].source)
    assert before

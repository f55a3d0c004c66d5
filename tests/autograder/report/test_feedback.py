"""What a student reads."""

import re

import pytest
from markdown_it import MarkdownIt

from autograder.judging.judge import without_answers
from autograder.report import markdown, render_notebook
from autograder.report.feedback import KEPT, RAN, STALE, render_feedback
from autograder.report.page import POLICY
from autograder.report.status_text import STATUS_TEXT
from autograder.verdict import Judged, Judgement, Status, Verdict
from cs231n_lib.korean import KOREAN

from .conftest import ATTACKS, HOSTILE_NAME, notebook


def text_of(html):
    return " ".join(
        re.sub(r"<style>.*?</style>|<[^>]*>", " ", html, flags=re.S).split()
    )


def test_points_and_reasons(judged):
    page = render_feedback(judged, "ada")
    words = text_of(page)
    assert "1 of 5 points; 2 more can come, when a person has read your text" in words
    assert "t_double 1 of 2 points Partly correct." in words
    assert "a number passed 1 of 1" in words
    assert "an array twice: has the wrong sign not passed 0 of 1" in words
    assert "Next step: work a small case by hand" in words
    assert "Not answered yet." in words
    assert "Waits for a person to read it." in words


def test_a_result_stands_behind_its_test_cell(judged):
    page = render_feedback(judged, "ada")
    places = [page.index(part) for part in ('id="t_double"', 'id="t_triple"')]
    assert page.index("-3.0") < places[0] < page.index(">triple<") < places[1]
    assert page.index("Because.") < page.index('id="t_question"')


def test_what_is_printed_is_what_fell_short_with_its_answer(judged, judgement):
    def looks():
        page = render_feedback(judged, "ada")
        found = re.findall(r'<(div|section) class="(?:cell|result \w+) look"', page)
        return found, page

    found, page = looks()
    assert found.count("section") == 3
    for answer in ("double", "triple", "Because."):
        cells = re.findall(r'<div class="cell look">.*?\n</div>', page, re.S)
        assert any(answer in text_of(cell) for cell in cells)
    for verdict in judgement.verdicts:
        verdict.status, verdict.score = Status.CORRECT, verdict.max_score
        verdict.checks = []
    assert looks()[0] == []
    judgement.verdicts[0].comment = "Look at the case 0."
    assert looks()[0].count("section") == 1


def test_the_instructors_notes_are_not_shown(judged):
    page = render_feedback(judged, "ada")
    assert "was moved" not in page
    assert "seen by the instructor alone" not in page


def test_stale_and_ungraded_outputs_are_marked(judged, judgement):
    page = render_feedback(judged, "ada")
    assert page.count(STALE) == 1
    assert page.index("-3.0") < page.index(STALE) < page.index('id="t_double"')
    assert page.count(KEPT) == 1
    assert "1 cell has a stored output that differs" in text_of(page)
    judgement.stale = []
    assert "stored output differs" not in render_feedback(judged, "ada")


def test_a_demo_cell_that_was_run_is_marked(judged, judgement):
    cells = judged.notebook["cells"]
    judgement.demos = [
        place
        for place, c in enumerate(cells)
        if "demo" in c["metadata"].get("tags", [])
    ]
    page = render_feedback(judged, "ada")
    assert (page.count(RAN), page.count(KEPT)) == (len(judgement.demos), 0)
    judgement.stale = judgement.demos
    page = render_feedback(judged, "ada")
    assert (page.count(RAN), page.count(STALE)) == (0, len(judgement.demos))


def test_a_text_that_was_read_has_its_score(judged, judgement):
    verdict = judgement.verdicts[2]
    verdict.score, verdict.by_person = 1.5, True
    words = text_of(render_feedback(judged, "ada"))
    assert "2.5 of 5 points Summary" in words
    assert "t_question 1.5 of 2 points Graded by a person." in words


def test_what_a_person_wrote_is_shown_and_harmless(judged, judgement):
    judgement.verdicts[2].comment = f"Say **why**. {ATTACKS[0]}"
    page = render_feedback(judged, "ada")
    assert "Your reader writes:</strong></p><p>Say <strong>why</strong>." in page
    assert "<script" not in page
    assert page.count("Your reader writes") == 1


def test_a_score_that_a_person_changed_says_so(judged, judgement):
    verdict = judgement.verdicts[0]
    verdict.score, verdict.by_person = 2, True
    assert "Score set by a person." in text_of(render_feedback(judged, "ada"))


def test_a_score_by_a_person_outweighs_a_timeout(judged, judgement):
    verdict = judgement.verdicts[0]
    verdict.status = Status.TIMEOUT
    verdict.note = "the cell did not end within the time limit"
    page = text_of(render_feedback(judged, "ada"))
    assert "your code did not end within the time limit" in page.lower()
    verdict.score, verdict.by_person = 2, True
    page = text_of(render_feedback(judged, "ada"))
    assert "Score set by a person." in page
    assert "time limit" not in page


def test_every_status_has_plain_words():
    assert set(STATUS_TEXT) == set(Status)
    for status in Status:
        judged = Judged(Judgement("l/n", [Verdict("t", 0, 1, status)]), notebook())
        page = render_feedback(judged, "ada")
        assert "<h1>n</h1>" in page


@pytest.mark.parametrize(
    ("status", "title", "advice"),
    [
        ("unreadable", "Your file could not be read", "Open the file in JupyterLab."),
        ("missing", "No file was handed in", "Check the name"),
    ],
)
def test_a_notebook_that_could_not_be_run(small, status, title, advice):
    judged = without_answers(small, status, "the file is empty")
    words = text_of(render_feedback(judged, "ada"))
    assert "0 of 5 points" in words
    assert title in words
    assert advice in words
    assert ("What it found: the file is empty." in words) == (status == "unreadable")


def test_results_are_shown_where_the_notebook_is_not_at_hand(judged, judgement):
    alone = Judged(judgement, notebook())
    words = text_of(render_feedback(alone, "ada"))
    assert "an array twice: has the wrong sign" in words
    assert "Your notebook" not in words


def test_a_result_is_shown_once_however_often_its_cell_stands(judged, judgement):
    judged.notebook["cells"] += judged.notebook["cells"]
    assert render_feedback(judged, "ada").count('id="t_double"') == 1


def test_a_hostile_notebook_is_harmless(hostile):
    page = render_feedback(hostile, HOSTILE_NAME)
    assert "<script" not in page
    for target in re.findall(r'<[^>]*\s(?:href|src)="([^"]*)"', page):
        assert re.match(r"#t_double$|data:image/(png|svg\+xml);base64,", target)
    tags = set(re.findall(r"<([a-z0-9]+)", page))
    assert not tags & {"iframe", "form", "input", "button", "link", "base", "svg"}
    for tag in re.findall(r"<[a-z][^>]*>", page):
        assert not re.search(r"\son[a-z]+\s*=", re.sub(r'"[^"]*"', '""', tag))
    assert page.count("<meta ") == 4
    # Nothing of it looks like a result of ours.
    assert page.count('class="result') == 1
    assert all(attack not in page for attack in ATTACKS)


def test_the_name_is_on_one_line(judged):
    page = render_feedback(judged, HOSTILE_NAME)
    name = re.search("<bdi>(.*)</bdi>", page)[1]
    assert name.startswith("x eman [31m&#34;&#39;&gt;&lt;script&gt;")
    assert name.endswith("yyy…")


def test_the_policy_comes_before_everything_else(hostile):
    page = render_feedback(hostile, "ada")
    assert POLICY.startswith("default-src 'none'")
    assert "script-src" not in POLICY
    head = page[: page.index("<title>")]
    assert f'content="{POLICY}"'.replace("'", "&#39;") in head
    assert "http://" not in head
    assert "https://" not in head


def test_the_same_judgement_gives_the_same_page(judged, hostile):
    for one in (judged, hostile):
        assert render_feedback(one, "ada") == render_feedback(one, "ada")


def test_what_the_whole_class_shares_is_rendered_once(svm, monkeypatch):
    verdicts = [Verdict(e.id, 0, e.points, "unanswered") for e in svm.exercises]
    judged = Judged(Judgement(svm.name, verdicts), svm.notebook)
    page = render_feedback(judged, "ada")
    assert all(page.count(f'id="{verdict.exercise}"') == 1 for verdict in verdicts)
    assert "<math" in page

    def again(*_):
        raise AssertionError("a cell of the handout is rendered once more")

    monkeypatch.setattr(MarkdownIt, "render", again)
    monkeypatch.setattr(markdown, "convert", again)
    monkeypatch.setattr(render_notebook, "highlight", again)
    assert render_feedback(judged, "ada") == page


def test_korean_stands_beside_a_term_once_in_each_result(judged, judgement):
    first = judgement.verdicts[0]
    first.hint = "The loss lacks its `loss` term. What is a loss?"
    page = render_feedback(judged, "ada", KOREAN)
    ours = page[page.index('id="t_double"') :]
    ours = ours[: ours.index("</section>")]
    assert (
        'The loss (<span lang="ko">손실</span>) lacks its <code>loss</code> term. '
        "What is a loss?"
    ) in ours
    assert ours.count("손실") == 1
    assert "손실" not in render_feedback(judged, "ada")


def test_a_hostile_notebook_is_harmless_in_korean_too(hostile):
    page = render_feedback(hostile, HOSTILE_NAME, KOREAN)
    assert "<script" not in page
    assert all(attack not in page for attack in ATTACKS)

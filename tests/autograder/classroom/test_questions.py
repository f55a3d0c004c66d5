"""The draws of a course are settled once and stay."""

import pytest
from sqlalchemy import insert

from autograder.classroom import questions
from autograder.classroom.questions import settle_draws
from autograder.gradebook.book import Book, StoredDraw
from autograder.gradebook.tables import RESULT
from autograder.judging.draw import Draw, choose_draw


@pytest.fixture
def chosen(monkeypatch):
    """The choices that were made, in order."""
    made = []

    def counted(exercise, seed, kept=None):
        made.append((exercise.id, seed, kept))
        return choose_draw(exercise, seed, kept)

    monkeypatch.setattr(questions, "choose_draw", counted)
    return made


def test_draws_are_chosen_once_and_said(gradebook, small, chosen):
    with Book(gradebook) as book:
        draws, said = settle_draws(book, [small])
        assert [name for name, _, _ in chosen] == ["t_double", "t_triple"]
        assert {seed for _, seed, _ in chosen} == {book.seed()}
    assert draws == {"t_double": 0, "t_triple": 0}
    assert said == [
        "Questions: 2 draws for 2 exercises, the same questions for everybody"
    ]
    chosen.clear()
    with Book(gradebook) as book:
        assert settle_draws(book, [small]) == (draws, [])
    assert chosen == []


def test_what_has_changed_is_tried_again_and_stays_if_it_can(
    gradebook, small, chosen, monkeypatch
):
    with Book(gradebook) as book:
        settle_draws(book, [small])
        stored = book.draws()
        changed = {name: StoredDraw(d.number, "other") for name, d in stored.items()}
        book.save_draws(changed)
        chosen.clear()
        draws, said = settle_draws(book, [small])
        assert [(name, kept) for name, _, kept in chosen] == [
            ("t_double", 0),
            ("t_triple", 0),
        ]
        assert (set(draws.values()), said) == ({0}, [])
        assert book.draws() == stored


def test_draws_may_be_chosen_elsewhere(gradebook, small):
    asked = []

    def spread(choices):
        asked.extend(choices)
        return [Draw(7, 6), Draw(0)]

    with Book(gradebook) as book:
        draws, said = settle_draws(book, [small], spread)
        assert book.draws()["t_double"].number == 7
    assert draws == {"t_double": 7, "t_triple": 0}
    assert [choice.exercise for choice in asked] == ["t_double", "t_triple"]
    assert said == [
        "Questions: 8 draws for 2 exercises, the same questions for everybody; more "
        "than one for t_double 7"
    ]


def test_questions_that_have_to_change_are_said(gradebook, small):
    with Book(gradebook) as book:
        settle_draws(book, [small])
        book.save_draws({"t_double": StoredDraw(0, "other")})
        _, (said,) = settle_draws(book, [small], lambda choices: [Draw(2, 2)])
    assert said.startswith("t_double has changed and its questions no longer tell")


def test_where_no_draw_is_right_a_person_is_told(gradebook, small):
    fault = "t_double: accepts the misconception squares"
    with Book(gradebook) as book:
        _, said = settle_draws(
            book, [small], lambda choices: [Draw(0, 40, (fault,)), Draw(0)]
        )
    assert any(line.startswith("WARNING") and fault in line for line in said)


def test_a_gradebook_of_questions_for_each_student_is_told_apart(gradebook, small):
    with Book(gradebook) as book:
        book.seed()
        row = {"student": "ada", "notebook": "test/01_small", "digest": "d"}
        with book.engine.begin() as connection:
            connection.execute(insert(RESULT), [{**row, "judgement": "{}"}])
        _, said = settle_draws(book, [small])
    assert len(said) == 2
    assert "grade the whole class again" in said[1]

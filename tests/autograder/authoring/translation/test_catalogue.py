"""A catalogue follows its source, and says what a translator has to look at."""

from __future__ import annotations

import pytest

from autograder.authoring.translation.catalogue import (
    Entry,
    read_catalogue,
    translations,
    updated,
    written,
)
from autograder.authoring.translation.faults import faults
from autograder.errors import UserError

SUM = Entry("cell-1", "The sum of the two numbers in the list.", "paragraph")
END = Entry("cell-2", "The end.", "paragraph")


@pytest.fixture
def path(tmp_path):
    return tmp_path / "small.po"


@pytest.fixture
def read(path):
    def read(**said):
        """Read the catalogue of two entries with some translations in it."""
        catalogue = updated(read_catalogue(path, "ko"), [SUM, END])
        for message in catalogue:
            if message.id:
                message.string = said.get(message.context.replace("-", "_"), "")
        path.write_text(written(catalogue, "small"), encoding="utf-8")
        return read_catalogue(path, "ko")

    return read


def test_a_new_catalogue_holds_every_entry_and_no_translation(read):
    catalogue = read()
    assert [(m.context, m.id) for m in catalogue if m.id] == [
        (entry.context, entry.text) for entry in (SUM, END)
    ]
    assert translations(catalogue) == {}


def test_it_is_written_the_same_twice(read, path):
    catalogue = read(cell_1="두 수의 합입니다.")
    again = written(updated(catalogue, [SUM, END]), "small")
    assert again == path.read_text("utf-8")


def test_a_text_in_another_cell_keeps_its_translation(read):
    moved = Entry("cell-9", SUM.text, "paragraph")
    new = updated(read(cell_1="합"), [moved, END])
    assert translations(new) == {("cell-9", SUM.text): "합"}


def test_an_edited_text_is_fuzzy_and_shows_what_it_was(read):
    edited = Entry("cell-9", "The sum of the three numbers in the list.", "paragraph")
    new = updated(read(cell_1="합", cell_2="끝"), [edited, END])
    assert translations(new) == {("cell-2", END.text): "끝"}
    (fuzzy,) = [message for message in new if message.fuzzy and message.id]
    assert (fuzzy.string, list(fuzzy.previous_id)) == ("합", [SUM.text])
    assert f'#| msgid "{SUM.text}"' in written(new, "small")


def test_a_fuzzy_entry_stays_fuzzy_until_a_person_says_otherwise(read, path):
    edited = Entry("cell-1", "The sum of three numbers in the list.", "paragraph")
    once = updated(read(cell_1="합"), [edited, END])
    path.write_text(written(once, "small"), encoding="utf-8")
    again = updated(read_catalogue(path, "ko"), [edited, END])
    assert written(again, "small") == written(once, "small")
    assert translations(again) == {}


def test_a_text_that_is_gone_leaves_its_translation_and_finds_it_again(read, path):
    without = updated(read(cell_1="합"), [END])
    path.write_text(written(without, "small"), encoding="utf-8")
    assert "#~ msgstr" in path.read_text("utf-8")
    back = updated(read_catalogue(path, "ko"), [SUM, END])
    assert translations(back) == {(SUM.context, SUM.text): "합"}


def test_a_broken_file_is_named(path):
    path.write_text("hello\n", encoding="utf-8")
    with pytest.raises(UserError, match=r"small\.po: is no gettext catalogue"):
        read_catalogue(path, "ko")


@pytest.mark.parametrize(
    ("text", "said", "kind", "why"),
    [
        ("Use `W`.", "W를 씁니다.", "paragraph", "code lacks `W`"),
        ("Use `W`.", "`W`를 `b`로", "paragraph", "code has besides `b`"),
        ("Is $x$ 3?", "3입니까?", "paragraph", "formulas lack $x$"),
        ("[notes](https://a.b/c)", "[노트](https://a.b)", "paragraph", "links lack"),
        ("It is 2.9.", "2,9입니다.", "paragraph", "numbers lack 2.9"),
        ("**Goal.** Add.", "**목표(goal)**는", "paragraph", "styles lack bold"),
        ("One.", "1. 하나", "paragraph", "numbers have besides 1"),
        ("One.", "- 하나", "paragraph", "other blocks"),
        ("| a | b |", "| 가 |", "table row", "another number of columns"),
        ("<b>so</b>", "이렇게", "HTML", "tags lack"),
        ("{x:.2f} of it", "그중 {x}", "shown text", "placeholders lack {x:.2f}"),
        ("{'a' if x else 'b'}", "{'가' if y else '나'}", "shown text", "placeholders"),
        ("{d['a']} of it", "그중 {d['가']}", "shown text", "placeholders lack"),
        ("two\nlines", "두 줄", "shown text", "another number of lines"),
    ],
)
def test_what_a_translation_lost(text, said, kind, why):
    assert any(one.startswith(why) for one in faults(text, said, kind))


@pytest.mark.parametrize(
    ("text", "said", "kind"),
    [
        ("**Goal.** Add $x$ and 3.", "**목표.** 3과 $x$를 더합니다.", "paragraph"),
        ("| a | `b` |", "| 가 | `b` |", "table row"),
        ("so {'a' if x else y}", "이렇게 {'가' if x else y}", "shown text"),
        ("{'a' if x else 'b'} so", "{'가' if x else '나'} 이렇게", "shown text"),
        ("{x} of {y}", "{y} 중 {x}", "shown text"),
        (
            "<details><summary>Answer</summary>",
            "<details><summary>답</summary>",
            "HTML",
        ),
    ],
)
def test_a_translation_that_lost_nothing(text, said, kind):
    assert list(faults(text, said, kind)) == []

"""Of several versions the newest with answers counts; no version is ever lost."""

from __future__ import annotations

import itertools
import json
from datetime import UTC, datetime

import pytest

from autograder.classroom.contents import Worth
from autograder.collecting.versions import Version, counts, merged
from autograder.errors import UserError
from tests.autograder.collecting.conftest import (
    blank,
    fates,
    foreign,
    laid_out,
    solved,
)

NAME = "leekim_712345_{}_01_circles.ipynb"
PLACE = "leekim_712345/week1/01_circles.ipynb"
FIRST, SECOND = solved("circles", "return 1"), solved("circles", "return 2")


def there(collected):
    return json.loads((collected.submitted / PLACE).read_text())


def aside(collected):
    """Return what the notebooks hold that are set aside."""
    folder = collected.submitted.with_name("submitted-set-aside")
    return [json.loads(p.read_text()) for p in sorted(folder.rglob("*.ipynb"))]


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_the_newest_with_answers_counts_in_whatever_order_it_comes(
    collected, zipped, order
):
    versions = [
        (NAME.format(101), FIRST, (2026, 10, 1, 12, 0, 0)),
        (NAME.format(102), SECOND, (2026, 10, 2, 12, 0, 0)),
        (NAME.format(103), blank("circles"), (2026, 10, 3, 12, 0, 0)),
    ]
    for index in order:
        name, notebook, stamp = versions[index]
        collected(zipped({name: (notebook, stamp)}, f"{index}.zip"))
    assert there(collected) == SECOND
    assert len(aside(collected)) == 2
    assert FIRST in aside(collected)
    assert blank("circles") in aside(collected)


def test_versions_of_one_download_are_told_apart_by_their_numbers(collected, zipped):
    files = {NAME.format(102): SECOND, NAME.format(101): FIRST}
    done = collected(zipped(files))
    assert there(collected) == SECOND
    assert fates(done) == {
        NAME.format(101): "aside: a newer version counts",
        NAME.format(102): "taken",
    }
    assert not done.needs_a_person


def test_a_call_again_changes_nothing(collected, zipped):
    files = {
        NAME.format(101): FIRST,
        NAME.format(102): SECOND,
        "hw.txt": b"Dear TA",
    }
    source = zipped(files)
    first = collected(source)

    def state():
        term = collected.submitted.parent
        return {
            p: (p.read_bytes(), p.stat().st_mtime_ns)
            for p in term.rglob("*")
            if p.is_file() and p.suffix != ".json"
        }

    before = state()
    again = collected(source)
    assert state() == before
    assert fates(first)[NAME.format(102)] == "taken"
    assert fates(again)[NAME.format(102)] == "same"
    assert fates(again)[NAME.format(101)] == "aside: a newer version counts"


def test_a_newer_version_takes_the_place_and_the_old_one_is_kept(collected, zipped):
    collected(zipped({NAME.format(101): (FIRST, (2026, 10, 1, 0, 0, 0))}, "1.zip"))
    later = zipped({NAME.format(102): (SECOND, (2026, 10, 2, 0, 0, 0))}, "2.zip")
    done = collected(later)
    assert there(collected) == SECOND
    assert aside(collected) == [FIRST]
    assert fates(done)[NAME.format(102)] == (
        "taken: in place of an earlier version, which is set aside"
    )


def test_who_goes_back_to_an_older_version_gets_it(collected, zipped):
    for day, notebook in enumerate((FIRST, SECOND, FIRST), 1):
        stamp = (2026, 10, day, 0, 0, 0)
        collected(zipped({NAME.format(day + 100): (notebook, stamp)}, f"{day}.zip"))
    assert there(collected) == FIRST
    assert aside(collected) == [SECOND]


def test_what_lay_there_before_is_never_overwritten(collected, zipped):
    laid_out(collected.submitted, {PLACE: FIRST})
    collected(zipped({NAME.format(101): (SECOND, (2037, 1, 1, 0, 0, 0))}))
    assert there(collected) == SECOND
    assert aside(collected) == [FIRST]


def test_a_file_mended_by_hand_stays(collected, zipped):
    source = zipped({NAME.format(101): b"<<<<<<< HEAD\n{"})
    assert collected(source).needs_a_person
    laid_out(collected.submitted, {PLACE: FIRST})
    assert fates(collected(source)) == {
        NAME.format(101): "aside: the file holds the marks of a merge conflict of Git "
        "(<<<<<<<); resolve it, then hand the notebook in again"
    }
    assert there(collected) == FIRST


def test_a_file_changed_by_hand_stays_when_its_origin_comes_again(collected, zipped):
    collected(zipped({NAME.format(101): (FIRST, (2026, 10, 1, 0, 0, 0))}, "1.zip"))
    mended = solved("circles", "return 1  # without the input() that hung")
    laid_out(collected.submitted, {PLACE: mended})
    again = zipped({NAME.format(101): (FIRST, (2037, 10, 1, 0, 0, 0))}, "2.zip")
    for _ in range(2):
        collected(again)
        assert there(collected) == mended
    newer = zipped({NAME.format(102): (SECOND, (2037, 10, 2, 0, 0, 0))}, "3.zip")
    collected(newer)
    assert there(collected) == SECOND
    assert mended in aside(collected)


def test_a_file_that_cannot_be_read_counts_only_alone(collected, zipped):
    source = zipped({NAME.format(101): foreign()})
    done = collected(source)
    assert done.needs_a_person
    assert there(collected) == foreign()
    collected(zipped({NAME.format(100): blank("circles")}, "2.zip"))
    assert there(collected) == blank("circles")


def test_the_time_of_hand_in_is_that_of_what_counts(collected, zipped):
    def nbgrader(notebook, when):
        folder = f"inbound/ada+week1+{when} UTC+x"
        return zipped({f"{folder}/01_circles.ipynb": notebook}, f"{when[:10]}.zip")

    stamp = collected.submitted / "ada" / "week1" / "timestamp.txt"
    collected(nbgrader(FIRST, "2026-10-01 12:00:00"))
    assert stamp.read_text() == "2026-10-01 12:00:00.000000 UTC\n"
    done = collected(nbgrader(SECOND, "2026-10-03 12:00:00"))
    assert stamp.read_text() == "2026-10-03 12:00:00.000000 UTC\n"
    assert done.remarks == [
        "ada: handed in 2026-10-03 12:00:00.000000 UTC, no longer 2026-10-01 "
        "12:00:00.000000 UTC"
    ]
    # A blank notebook does not make the work late.
    collected(nbgrader(blank("circles"), "2026-10-09 12:00:00"))
    assert stamp.read_text() == "2026-10-03 12:00:00.000000 UTC\n"


def test_what_the_exchange_needs_for_feedback_is_kept(collected, zipped):
    folder = "inbound/ada+week1+2026-10-01 12:00:00 UTC+x"
    files = {
        f"{folder}/01_circles.ipynb": FIRST,
        f"{folder}/submission_secret.txt": b"5f2c",
    }
    assert not collected(zipped(files)).needs_a_person
    kept = collected.submitted / "ada" / "week1" / "submission_secret.txt"
    assert kept.read_bytes() == b"5f2c"


def test_a_time_that_was_changed_by_hand_stays(collected, zipped):
    name = "inbound/ada+week1+2026-10-{} 12:00:00 UTC+x/01_circles.ipynb"
    collected(zipped({name.format("01"): FIRST}, "1.zip"))
    stamp = collected.submitted / "ada" / "week1" / "timestamp.txt"
    stamp.write_text("2026-09-30 12:00:00 UTC")
    done = collected(zipped({name.format("02"): SECOND}, "2.zip"))
    assert stamp.read_text() == "2026-09-30 12:00:00 UTC"
    assert "changed by hand or by nbgrader: it stays" in done.remarks[0]


@pytest.mark.parametrize("broken", ["{", "[]", '{"ada": {"versions": 1}}'])
def test_a_memory_that_cannot_be_read_is_one_line(collected, zipped, broken):
    source = zipped({NAME.format(101): FIRST})
    collected(source)
    memory = collected.submitted.with_name("submitted-set-aside") / "week1.json"
    memory.write_text(broken)
    with pytest.raises(UserError, match=r"week1\.json (cannot be read|is not what)"):
        collected(source)


def test_a_memory_that_was_lost_costs_nothing(collected, zipped):
    collected(zipped({NAME.format(101): (FIRST, (2026, 10, 1, 0, 0, 0))}, "1.zip"))
    source = zipped({NAME.format(102): (SECOND, (2026, 10, 2, 0, 0, 0))}, "2.zip")
    collected(source)
    memory = collected.submitted.with_name("submitted-set-aside") / "week1.json"
    memory.unlink()
    collected(source)
    assert there(collected) == SECOND
    assert aside(collected) == [FIRST]


@pytest.mark.parametrize("what", ["leekim_712345", "leekim_712345/week1", PLACE])
def test_nothing_is_written_through_a_link(collected, zipped, tmp_path, what):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    link = collected.submitted / what
    link.parent.mkdir(parents=True)
    link.symlink_to(elsewhere)
    done = collected(zipped({NAME.format(101): FIRST}))
    assert list(elsewhere.iterdir()) == []
    (why,) = fates(done).values()
    assert "is or lies in a link" in why


@pytest.mark.parametrize("where", [".", "submitted", "submitted/leekim_712345"])
def test_the_folder_of_submissions_is_no_source(collected, zipped, where):
    collected(zipped({NAME.format(101): FIRST}))
    source = collected.submitted.parent / where
    with pytest.raises(UserError, match="the folder of submissions"):
        collected(source)


DAY = [datetime(2026, 10, day, tzinfo=UTC) for day in range(1, 9)]


@pytest.mark.parametrize(
    ("versions", "digest"),
    [
        ([Version("a", Worth.ANSWERED), Version("b", Worth.BLANK, DAY[1])], "a"),
        ([Version("a", Worth.ANSWERED, DAY[0]), Version("b", Worth.ANSWERED)], "a"),
        (
            [
                Version("a", Worth.ANSWERED, DAY[0], stamp=DAY[5]),
                Version("b", Worth.ANSWERED, DAY[1], stamp=DAY[2]),
            ],
            "b",
        ),
        (
            [
                Version("a", Worth.ANSWERED, order=9),
                Version("b", Worth.ANSWERED, order=10),
            ],
            "b",
        ),
    ],
)
def test_which_version_counts(versions, digest):
    assert counts(versions).digest == digest
    assert counts(reversed(versions)).digest == digest


def test_one_file_that_came_twice_came_last():
    (one,) = merged(
        Version("a", Worth.ANSWERED, when, late=late)
        for when, late in ((DAY[3], True), (DAY[1], False))
    )
    assert one.time == DAY[3]
    assert one.late
    assert Version.from_json(one.to_json()) == one

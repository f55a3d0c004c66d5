"""What a person wrote into a table of scores stays, whatever is written beside it."""

import pytest

from autograder.csv_tables import read_table
from autograder.report.score_tables import holds_more, write_scores

HEAD = "student,exercise,score,max_score,extra_credit\n"
ROWS = [["ada", "w1", "", "2", ""], ["bob", "w1", "1.5", "2", "0.5"]]
GIVEN = {("ada", "w1"): (None, 0.0), ("bob", "w1"): (1.5, 0.5)}


@pytest.fixture
def write(tmp_path):
    """Return a function that writes a table and returns its name and those kept."""

    def call(lecture="week1", rows=ROWS, given=GIVEN):
        path, kept = write_scores(tmp_path / "manual", lecture, rows, given)
        assert path.parent == tmp_path / "manual"
        return path.name, [one.name for one in kept]

    return call


def test_an_untouched_table_is_written_anew(write, tmp_path):
    assert write() == ("scores.csv", [])
    assert write(rows=ROWS[:1]) == ("scores.csv", [])
    text = (tmp_path / "manual" / "scores.csv").read_text("utf-8-sig")
    assert text.splitlines() == [HEAD.strip(), "ada,w1,,2,"]


@pytest.mark.parametrize(
    "table",
    [
        HEAD + "ada,w1,1,2,\n",
        HEAD + "bob,w1,1.25,2,\n",
        HEAD + "bob,w1,1.5,2,1\n",
        HEAD + "ada,w1,?,2,\n",
        HEAD + "eve,w9,1,2,\n",  # of another lecture
        HEAD.replace("\n", ",remark\n") + "ada,w1,,2,,read twice\n",
        HEAD.replace(",", ";") + "ada;w1;0,5;2;\n",
        HEAD + "ada,w1,1,2,,,7\n",
        "no table at all\n",
    ],
)
def test_what_a_person_wrote_stays_and_the_new_table_lies_beside_it(
    write, tmp_path, table
):
    write()
    path = tmp_path / "manual" / "scores.csv"
    path.write_text(table)
    for _ in range(2):
        assert write() == ("scores_week1.csv", ["scores.csv"])
    assert path.read_text() == table
    assert write("week2") == ("scores_week2.csv", ["scores.csv"])
    (tmp_path / "manual" / "scores_week1.csv").write_text(table)
    kept = ["scores.csv", "scores_week1.csv"]
    assert write() == ("scores_week1_2.csv", kept)


@pytest.mark.parametrize(
    "table",
    [
        HEAD + "ada,w1,,2,\nbob,w1,1.50,2,0.5\n",
        HEAD.replace(",", ";") + "bob;w1;1,5;2;0,5\n",
        "student,exercise,score\nbob,w1,1.5\n",
    ],
)
def test_a_table_that_was_entered_is_free(write, tmp_path, table):
    write()
    path = tmp_path / "manual" / "scores.csv"
    path.write_text(table)
    assert not holds_more(path, GIVEN)
    assert write() == ("scores.csv", [])
    assert len(read_table(path, lambda names: True, "").rows) == 2


def test_a_score_that_was_changed_elsewhere_holds_up_nothing(write):
    """The table is as it was written, though formgrader has another score by now."""
    write()
    assert write(given={("bob", "w1"): (2.0, 0.0)}) == ("scores.csv", [])

"""The table for everything else."""

import pytest

from autograder.errors import UserError
from autograder.export.plain import plain_table

OWN = "student_id,name,seat\nann,Ann,=1+1\njoe,Joe,-\n"


def test_the_roster_comes_back_with_scores_behind_it(export):
    table = export(plain_table, OWN)
    assert table.header == ["student_id", "name", "seat", "lecture3", "lecture3 max"]
    assert table.rows == [
        ["ann", "Ann", "'=1+1", "61.82", "95"],
        ["joe", "Joe", "-", "95", "95"],
    ]
    assert table.encoding == "utf-8-sig"


def test_scores_in_percent(export):
    rows = export(plain_table, OWN, scale=True, column="percent").rows
    assert [row[3:] for row in rows] == [["65.07", "100"], ["100", "100"]]


def test_a_column_of_the_roster_is_not_written_over(export):
    with pytest.raises(UserError, match="has a column 'seat' already"):
        export(plain_table, OWN, column="seat")

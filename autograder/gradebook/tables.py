"""The tables of ours, beside nbgrader's: a course's settings, draws and verdicts."""

from __future__ import annotations

from sqlalchemy import Column, Integer, MetaData, String, Table, Text

TABLES = MetaData()
SETTING = Table(
    "autograder_setting",
    TABLES,
    Column("key", String(128), primary_key=True),
    Column("value", Text, nullable=False),
)
# An empty digest means that the result is not to be relied on: judge again.
RESULT = Table(
    "autograder_result",
    TABLES,
    Column("student", Text, primary_key=True),
    Column("notebook", Text, primary_key=True),
    Column("digest", String(64), nullable=False),
    Column("judgement", Text, nullable=False),
)
# Which draw of its inputs an exercise is graded by, and for which files it was chosen.
DRAW = Table(
    "autograder_draw",
    TABLES,
    Column("exercise", Text, primary_key=True),
    Column("number", Integer, nullable=False),
    Column("digest", String(64), nullable=False),
)

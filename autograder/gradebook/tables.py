"""The tables of ours, beside nbgrader's: settings, draws, verdicts, changed scores."""

from __future__ import annotations

from sqlalchemy import Column, Float, Integer, MetaData, String, Table, Text

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
# Scores that a grading changed, since the gradebook was made.
CHANGE = Table(
    "autograder_change",
    TABLES,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("at", String(32), nullable=False),
    Column("student", Text, nullable=False),
    Column("notebook", Text, nullable=False),
    Column("exercise", Text, nullable=False),
    Column("before", Float, nullable=False),
    Column("after", Float, nullable=False),
    Column("max_before", Float, nullable=False),
    Column("max_after", Float, nullable=False),
    Column("because", Text, nullable=False),
)

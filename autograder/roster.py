"""Who is in the class: the list of students as a learning platform writes it.

Read are, told apart by their first line:

- Canvas, *Grades > Export* (``Student,ID,SIS User ID,SIS Login ID,Section,...``);
- Moodle, *Grades > Export > Plain text* (``First name,Last name,ID number,...,Email
  address,...``) and the assignment's *Download grading worksheet* (``Identifier,Full
  name,...,Grade,Maximum grade,...``);
- Gradescope (``First Name,Last Name,SID,Email,...``), Google Classroom, GitHub
  Classroom (``identifier,github_username,...``);
- a table of your own with a column ``student`` or ``student_id``, and nbgrader's
  (``id,first_name,last_name,email``).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.csv_tables import Row, Table, as_wide, printable, read_table
from autograder.errors import UserError

# Header, in lower case -> what stands below it.
KINDS = {
    "student_id": "student",
    "student id": "student",
    "student": "student",
    "username": "login",
    "user name": "login",
    "sis login id": "login",
    "sis user id": "sis_user",
    "id number": "id_number",
    "idnumber": "id_number",
    "sid": "sid",
    "email": "email",
    "email address": "email",
    "e-mail": "email",
    "id": "student",
    "identifier": "participant",
    "github_username": "github",
    "name": "name",
    "full name": "name",
    "student name": "name",
    "first name": "first",
    "first_name": "first",
    "firstname": "first",
    "last name": "last",
    "last_name": "last",
    "lastname": "last",
    "surname": "last",
}
# By which kind a student is called in the gradebook: the first one that is there.
IDS = (
    "student",
    "login",
    "sis_user",
    "id_number",
    "sid",
    "email",
    "canvas",
    "participant",
    "github",
)
NAMES = ("name", "first", "last")
# What a spreadsheet makes of a long number.
SHORTENED = re.compile(r"[0-9][.,][0-9]+E\+[0-9]+")
LAST_DIGITS = re.compile(r"[0-9]+$")
LONGEST_ID = 255  # bytes, as long as a folder's name may be
MOST_TOLD = 20
TEST_STUDENT = "Student, Test"


@dataclass(frozen=True)
class Student:
    """One student of a roster.

    Attributes
    ----------
    line : int
        Where the row begins in the file, counted from 1.
    student : str
        The id by which gradebook and folders call the student.
    name : str
        As people write it, given name first; empty where the roster has none.
    email : str
        May be empty.
    ids : mapping
        Every identifier that the row holds, by its kind: ``student``, ``login``,
        ``sis_user``, ``id_number``, ``sid``, ``email``, ``canvas`` (the number in
        Canvas), ``participant`` (the number in Moodle's assignment), ``github``.
    fields : tuple of str
        The row as it stands in the file, one text for each column.
    """

    line: int
    student: str
    name: str
    email: str
    ids: Mapping[str, str]
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Roster:
    """A list of students, and the table that it was read from.

    Attributes
    ----------
    table : Table
        The table.
    kinds : mapping
        What is known -> the index of its column.
    students : tuple of Student
        In the order of the file; Canvas's *Test Student* is left out.
    """

    table: Table
    kinds: Mapping[str, int]
    students: tuple[Student, ...]

    def column(self, name: str) -> int | None:
        """Return the index of a column by its name, in any case; None without it."""
        names = [one.lower() for one in self.table.names]
        return names.index(name.lower()) if name.lower() in names else None

    def by_id(self, text: str) -> Student | None:
        """Return the one student with an identifier, of any kind.

        The id by which the gradebook calls a student comes before all other kinds;
        capitals do not matter, nor how an accent is written. None where nobody or
        more than one has it.
        """
        called = self._only(text, [{one.student} for one in self.students])
        return called or self._only(
            text, [set(one.ids.values()) for one in self.students]
        )

    def by_name(self, text: str) -> Student | None:
        """Return the one student of a name; None if nobody or more than one has it."""
        return self._only(text, [{one.name} - {""} for one in self.students])

    def _only(self, text: str, of_each: Sequence[set[str]]) -> Student | None:
        wanted = same(text)
        found = [
            student
            for student, texts in zip(self.students, of_each, strict=True)
            if wanted in {same(one) for one in texts}
        ]
        return found[0] if len(found) == 1 else None


def same(text: str) -> str:
    r"""Return a text such that two spellings of one name become equal.

    Examples
    --------
    >>> same("ANNA  Mu\u0308ller") == same("anna m\u00fcller")
    True
    """
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def read_roster(path: Path, student_column: str | None = None) -> Roster:
    r"""Read a list of students.

    Parameters
    ----------
    path : Path
        A CSV file of a platform, see above.
    student_column : str, optional
        The column with the ids by which the gradebook calls the students. By default
        the first of: ``student``, login, SIS user id, id number, SID, e-mail address,
        number on the platform.

    Raises
    ------
    UserError
        The file cannot be read, no column tells the students apart, or rows lack their
        id or have the same one; the message names lines.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = pathlib.Path(folder) / "grades.csv"
    ...     _ = path.write_text('Student,ID,SIS Login ID\n"Li, Ann",7,al1\n')
    ...     (ann,) = read_roster(path).students
    >>> ann.student, ann.name, ann.ids["canvas"]
    ('al1', 'Ann Li', '7')
    """
    wanted = student_column.strip().lower() if student_column else None

    def accepts(names: Sequence[str]) -> bool:
        return wanted in names if wanted else bool(set(IDS) & set(find_kinds(names)))

    table = read_table(
        path,
        accepts,
        f"name the column '{student_column}'"
        if student_column
        else "name a column that tells who a student is, such as student_id, SIS Login "
        "ID, ID number, Email address; or name yours with --student-column",
    )
    names = [name.lower() for name in table.names]
    kinds = find_kinds(names)
    if wanted:
        if names.count(wanted) > 1:
            raise UserError(f"{path}: the column '{student_column}' stands there twice")
        kinds = {k: i for k, i in kinds.items() if i != names.index(wanted)}
        kinds["student"] = names.index(wanted)
    return Roster(table, kinds, _students(table, kinds))


def find_kinds(names: Sequence[str]) -> dict[str, int]:
    """Map what is known about students to the index of its column.

    Parameters
    ----------
    names : sequence of str
        The columns, in lower case.

    Examples
    --------
    >>> find_kinds(["student", "id", "sis login id", "section"])
    {'name': 0, 'canvas': 1, 'login': 2}
    >>> find_kinds(["id", "first_name", "last_name"])
    {'student': 0, 'first': 1, 'last': 2}
    """
    kinds: dict[str, int] = {}
    for index, name in enumerate(names):
        kind = KINDS.get(name)
        # In Canvas "Student" is a name; in tables of this grader it is an id.
        if tuple(names[:2]) == ("student", "id") and index < 2:
            kind = ("name", "canvas")[index]
        elif tuple(names[:3]) == ("lastname", "firstname", "id") and index == 2:
            kind = "canvas"
        elif name == "identifier" and "github_username" in names:
            kind = "student"
        if kind:
            kinds.setdefault(kind, index)
    return kinds


def _students(table: Table, kinds: Mapping[str, int]) -> tuple[Student, ...]:
    rows, faults = [], []
    for row in table.rows:
        try:
            fields = as_wide(row, table.names)
        except ValueError as error:
            faults.append(f"line {row.line}: {error}")
            continue
        if not _is_no_student(fields, kinds):
            rows.append(Row(row.line, fields))
    filled = [
        kind
        for kind in IDS
        if kind in kinds and any(row.fields[kinds[kind]] for row in rows)
    ]
    if not rows and not faults:
        raise UserError(f"{table.path}: there is no student in it")
    if not filled and not faults:
        raise UserError(f"{table.path}: no column tells who the students are")
    students = []
    if filled:
        chosen = table.names[kinds[filled[0]]]
        seen: dict[str, int] = {}
        for row in rows:
            one = _student(row, kinds, filled[0])
            fault = _fault(one.student, chosen)
            first = seen.setdefault(same(one.student), row.line)
            if not fault and first != row.line:
                fault = f"'{_shown(one.student)}' stands in line {first} already"
            if fault:
                faults.append(f"line {row.line}: {fault}")
            students.append(one)
    if faults:
        raise UserError(_told(table.path, faults))
    return tuple(students)


def _is_no_student(fields: Sequence[str], kinds: Mapping[str, int]) -> bool:
    """Tell the rows in which Canvas speaks of the assignments, or tries itself."""
    if "canvas" not in kinds:
        return False
    name = fields[kinds["name"]] if "name" in kinds else ""
    sis_user = fields[kinds["sis_user"]] if "sis_user" in kinds else ""
    if not fields[kinds["canvas"]] and (not name or "Points Possible" in name):
        return True
    return name == TEST_STUDENT and not sis_user


def _student(row: Row, kinds: Mapping[str, int], chosen: str) -> Student:
    def field(kind: str) -> str:
        return row.fields[kinds[kind]] if kind in kinds else ""

    ids = {kind: field(kind) for kind in IDS if field(kind)}
    if "participant" in ids:
        # Moodle writes "Participant 123", in the words of its language.
        digits = LAST_DIGITS.search(ids["participant"])
        ids["participant"] = digits.group() if digits else ids["participant"]
    name = field("name")
    if "canvas" in kinds and "name" in kinds:
        last, comma, first = name.partition(", ")
        name = f"{first} {last}" if comma else name
    elif not name:
        name = " ".join(filter(None, [field("first"), field("last")]))
    return Student(
        row.line, ids.get(chosen, ""), name, field("email"), ids, tuple(row.fields)
    )


def _fault(student: str, column: str) -> str:
    """Say what is wrong with an id, which names a folder; empty if nothing is."""
    if not student:
        return f"no '{_shown(column)}'; fill it in, or choose another --student-column"
    if SHORTENED.fullmatch(student):
        return (
            f"'{student}' is a long number that a spreadsheet has shortened; make the "
            "column text there, or take the platform's own file"
        )
    if (
        set(student) & set("/\\\0")
        or student.startswith(".")
        or len(student.encode()) > LONGEST_ID
        or printable(student) != student
    ):
        return f"'{_shown(student)}' cannot name a student's folder"
    return ""


def _shown(text: str) -> str:
    return printable(text)[:60]


def _told(path: Path, faults: Sequence[str]) -> str:
    """One line for one fault; for several, one line each."""
    if len(faults) == 1:
        return f"{path}, {faults[0]}"
    more = len(faults) - MOST_TOLD
    return "\n".join(
        [
            f"{path}: {len(faults)} rows are wrong:",
            *faults[:MOST_TOLD],
            *([f"and {more} more"] if more > 0 else []),
        ]
    )

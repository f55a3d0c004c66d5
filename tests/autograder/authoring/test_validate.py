"""Every refusal names file and line, and all come at once."""

from __future__ import annotations

import pytest

from autograder.authoring.source import HEADER

FILE = "solutions/lecture9/01_small.py"


@pytest.fixture(autouse=True)
def _never_run(no_run):
    yield
    assert no_run == []


# What is replaced, by what, a piece of the line that is blamed (of the changed
# source), and what is said about it.
CASES = {
    "duplicate-id": (
        '"grade_id": "l9_demo"',
        '"grade_id": "l9_setup"',
        'tags=["demo"]',
        f"the id 'l9_setup' is taken by {FILE}:17",
    ),
    "no-delimiters": (
        "    ### BEGIN SOLUTION\n    secret_total = a + b\n"
        "    return secret_total\n    ### END SOLUTION",
        "    return a + b",
        '"grade_id": "l9_add"',
        "a solution cell without '### BEGIN SOLUTION' and '### END SOLUTION'",
    ),
    "no-end": (
        "    return secret_total\n    ### END SOLUTION",
        "    return secret_total",
        "    ### BEGIN SOLUTION",
        "'### BEGIN SOLUTION' without '### END SOLUTION' after it",
    ),
    "no-begin": (
        "    ### BEGIN SOLUTION\n    secret",
        "    secret",
        "    ### END SOLUTION",
        "'### END SOLUTION' without '### BEGIN SOLUTION' before it",
    ),
    "misspelt-delimiter": (
        "    ### BEGIN SOLUTION\n    secret",
        "    # BEGIN SOLUTION\n    secret",
        "    # BEGIN SOLUTION",
        "write the delimiter as '### BEGIN SOLUTION' alone",
    ),
    "empty-solution": (
        "    secret_total = a + b\n    return secret_total\n",
        "",
        "    ### BEGIN SOLUTION",
        "the solution is empty",
    ),
    "text-without-delimiters": (
        "# ### BEGIN SOLUTION\n# Because addition commutes.\n# ### END SOLUTION",
        "# Because addition commutes.",
        '"grade_id": "l9_question"',
        "a solution cell without '### BEGIN SOLUTION'",
    ),
    "solution-in-given-cell": (
        "print(add(20, 22))",
        "### BEGIN SOLUTION\nprint(add(20, 22))",
        "### BEGIN SOLUTION\nprint",
        "'### BEGIN SOLUTION' does not belong in this kind of cell",
    ),
    "solution-in-plain-text": (
        "# # A small notebook",
        "# # A small notebook\n# ### END SOLUTION",
        "# ### END SOLUTION\n#\n# The sum",
        "'### END SOLUTION' does not belong in this kind of cell",
    ),
    "practice-that-is-an-exercise": (
        '"grade_id": "l9_add", "locked": false, "schema_version": 3, "solution": true, '
        '"task": false}',
        '"grade_id": "l9_add", "locked": false, "schema_version": 3, "solution": true, '
        '"task": false} tags=["practice"]',
        '"grade_id": "l9_add", ',
        "'l9_add' is an exercise: remove the tag 'practice'",
    ),
    "practice-that-stops-a-run-of-all": (
        '"locked": true, "schema_version": 3, "solution": false, "task": false} '
        'tags=["demo"]\nprint(add(20, 22))',
        '"locked": false, "schema_version": 3, "solution": true, "task": false} '
        'tags=["practice"]\n### BEGIN SOLUTION\nprint(add(20, 22))\n### END SOLUTION',
        "### BEGIN SOLUTION\nprint(add",
        "a run of all cells would stop at this practice",
    ),
    "other-points": (
        '"points": 2',
        '"points": 3',
        '"grade_id": "l9_add_test"',
        "'l9_add' has 3 points here and 2 in its checks.py",
    ),
    "other-points-of-text": (
        '"points": 1.5',
        '"points": 2',
        '"grade_id": "l9_question"',
        "'l9_question' has 2 points here and 1.5 in its checks.py",
    ),
    "no-points": (
        '"points": 2, ',
        "",
        '"grade_id": "l9_add_test"',
        "does not have points",
    ),
    "hidden-region-missing": (
        "assert add(1, 2) == 3\n### BEGIN HIDDEN TESTS\nfrom autograder import "
        'hidden_tests\nhidden_tests("l9_add", globals())\n### END HIDDEN TESTS',
        "assert add(1, 2) == 3",
        '"grade_id": "l9_add_test"',
        "the test cell has no hidden region",
    ),
    "hidden-region-of-another": (
        'hidden_tests("l9_add", globals())',
        'hidden_tests("l9_predict", globals())',
        "### BEGIN HIDDEN TESTS",
        "the hidden region must hold exactly",
    ),
    "hidden-region-with-more": (
        'hidden_tests("l9_add", globals())',
        'hidden_tests("l9_add", globals())\nassert add(2, 2) == 4',
        "### BEGIN HIDDEN TESTS",
        "the hidden region must hold exactly",
    ),
    "hidden-region-with-a-comment": (
        'hidden_tests("l9_add", globals())',
        'hidden_tests("l9_add", globals())  # the answer is 3',
        "### BEGIN HIDDEN TESTS",
        "the hidden region must hold exactly",
    ),
    "hidden-region-that-is-not-python": (
        'hidden_tests("l9_add", globals())',
        'hidden_tests("l9_add", globals(',
        "### BEGIN HIDDEN TESTS",
        "the hidden region must hold exactly",
    ),
    "two-hidden-regions": (
        "print(sorted(answers))\n",
        "print(sorted(answers))\n### BEGIN HIDDEN TESTS\n### END HIDDEN TESTS\n",
        "### BEGIN HIDDEN TESTS\nfrom autograder import hidden_tests\n"
        'hidden_tests("l9_predict"',
        "a second hidden region: keep one",
    ),
    "nested-solution": (
        "    secret_total = a + b\n",
        "    ### BEGIN SOLUTION\n    secret_total = a + b\n",
        "    ### BEGIN SOLUTION\n    secret",
        "a region begins inside another",
    ),
    "hidden-tests-in-solution": (
        "    secret_total = a + b\n",
        "    ### BEGIN HIDDEN TESTS\n    secret_total = a + b\n",
        "    ### BEGIN HIDDEN TESTS",
        "'### BEGIN HIDDEN TESTS' does not belong in this kind of cell",
    ),
    "schema-version-missing": (
        '"grade_id": "l9_add", "locked": false, "schema_version": 3, ',
        '"grade_id": "l9_add", "locked": false, ',
        '"grade_id": "l9_add"',
        "schema_version is None",
    ),
    "schema-version-2": (
        '"grade_id": "l9_demo", "locked": true, "schema_version": 3',
        '"grade_id": "l9_demo", "locked": true, "schema_version": 2',
        '"grade_id": "l9_demo"',
        "schema_version is 2",
    ),
    "metadata-of-a-wrong-type": (
        '"grade_id": "l9_demo", "locked": true',
        '"grade_id": "l9_demo", "locked": "yes"',
        '"grade_id": "l9_demo"',
        "nbgrader refuses the metadata: 'yes' is not of type 'boolean'",
    ),
    "metadata-incomplete": (
        '"grade": false, "grade_id": "l9_demo"',
        '"grade_id": "l9_demo"',
        '"grade_id": "l9_demo"',
        "nbgrader refuses the metadata: 'grade' is a required property",
    ),
    "grade-id-of-other-characters": (
        '"grade_id": "l9_demo"',
        '"grade_id": "l9 demo"',
        '"grade_id": "l9 demo"',
        "the grade_id must be 1 to 64 letters",
    ),
    "task-cell": (
        '"grade_id": "l9_question", "locked": false, "points": 1.5, '
        '"schema_version": 3, "solution": true, "task": false',
        '"grade_id": "l9_question", "locked": false, "points": 1.5, '
        '"schema_version": 3, "solution": true, "task": true',
        '"grade_id": "l9_question"',
        "task cells are not used",
    ),
    "locked-solution": (
        '"grade_id": "l9_add", "locked": false',
        '"grade_id": "l9_add", "locked": true',
        '"grade_id": "l9_add"',
        "a solution cell must not be locked",
    ),
    "locked-text": (
        '"grade_id": "l9_question", "locked": false',
        '"grade_id": "l9_question", "locked": true',
        '"grade_id": "l9_question"',
        "an answer must not be locked",
    ),
    "unlocked-test": (
        '"grade_id": "l9_add_test", "locked": true',
        '"grade_id": "l9_add_test", "locked": false',
        '"grade_id": "l9_add_test"',
        "a test cell must be locked",
    ),
    "unlocked-given": (
        '"grade_id": "l9_setup", "locked": true',
        '"grade_id": "l9_setup", "locked": false',
        '"grade_id": "l9_setup"',
        "neither graded, nor a solution, nor locked",
    ),
    "graded-solution-code": (
        '"grade": false, "grade_id": "l9_add", "locked": false, '
        '"schema_version": 3, "solution": true',
        '"grade": true, "grade_id": "l9_add", "locked": false, "points": 2, '
        '"schema_version": 3, "solution": true',
        '"grade_id": "l9_add"',
        "a code cell is either a solution or a test",
    ),
    "exercise-as-given-cell": (
        '"grade_id": "l9_add", "locked": false, "schema_version": 3, "solution": true',
        '"grade_id": "l9_add", "locked": true, "schema_version": 3, "solution": false',
        '"grade_id": "l9_add"',
        "'l9_add' names an exercise and is neither its solution nor its test",
    ),
    "demo-without-lock": (
        '# %% nbgrader={"grade": false, "grade_id": "l9_demo", "locked": true, '
        '"schema_version": 3, "solution": false, "task": false} tags=["demo"]',
        '# %% tags=["demo"]',
        '# %% tags=["demo"]',
        "a demo cell needs nbgrader metadata",
    ),
    "graded-demo": (
        '"points": 2, "schema_version": 3, "solution": false, "task": false}',
        '"points": 2, "schema_version": 3, "solution": false, "task": false} '
        'tags=["demo"]',
        '"grade_id": "l9_add_test"',
        "a demo cell cannot be graded",
    ),
    "return-before-the-region": (
        '    """Add two numbers."""\n',
        '    """Add two numbers."""\n    if a:\n        return b\n',
        "    ### BEGIN SOLUTION",
        "add without its solution does not raise NotImplementedError",
    ),
    "region-in-a-branch": (
        '    """Add two numbers."""\n    ### BEGIN SOLUTION\n'
        "    secret_total = a + b\n    return secret_total\n    ### END SOLUTION",
        "    if True:\n        ### BEGIN SOLUTION\n"
        "        return a + b\n        ### END SOLUTION",
        "        ### BEGIN SOLUTION",
        "add without its solution does not raise NotImplementedError",
    ),
    "name-of-the-record-missing": (
        "def add(a, b):",
        "def plus(a, b):",
        "    ### BEGIN SOLUTION",
        "does not define add",
    ),
    "cleared-cell-is-not-python": (
        "    ### END SOLUTION\n\n\n# %% nbgrader",
        "    ### END SOLUTION\n    return (\n\n\n# %% nbgrader",
        "    ### BEGIN SOLUTION",
        "the cell without its solutions is not Python",
    ),
    "value-and-function-in-one-cell": (
        'answers["sum"] = 31337\n### END SOLUTION',
        'answers["sum"] = 31337\n### END SOLUTION\ndef late():\n'
        "    ### BEGIN SOLUTION\n    return 1\n    ### END SOLUTION",
        '"grade_id": "l9_predict"',
        "one cell holds both a value and a function to write",
    ),
    "word-that-gives-away": (
        "# The sum of two numbers",
        "# The autograder adds two numbers",
        "# The autograder adds",
        "the word 'autograder' would reach the handout",
    ),
    "cell-marker-in-a-string": (
        "print(add(20, 22))",
        'print("""\n# %% no cell\n""")',
        "# %% no cell",
        "keep '# %%' out of strings",
    ),
    "marker-that-jupyterlab-rewrites": (
        "# %% [markdown]\n# # A small",
        "# %% [markdown] \n# # A small",
        "# %% [markdown] \n",
        "saving from JupyterLab would write here: '# %% [markdown]'",
    ),
    "unknown-metadata": (
        'tags=["demo"]',
        'tags=["demo"] slideshow={"slide_type": "skip"}',
        "slideshow",
        "the cell metadata 'slideshow' is not kept",
    ),
    "text-before-the-first-cell": (
        "# %% [markdown]\n# # A small",
        "x = 1\n\n# %% [markdown]\n# # A small",
        "\nx = 1",
        "begin with a cell marker",
    ),
    "no-newline-at-the-end": (
        "# %% [markdown]\n# The end.\n\n# %% [markdown]\n# The end.\n",
        "# %% [markdown]\n# The end.",
        None,
        "saving from JupyterLab would change the end of the file",
    ),
    "other-header": (
        "#     name: python3\n",
        "#     name: python\n",
        "#     name: python\n",
        "the header is not the common one",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_refuses(course, case):
    old, new, blamed, said = CASES[case]
    course.change(old, new)
    text = course.source().read_text()
    line = text[: text.index(blamed)].count("\n") + 1 if blamed else None
    found = course.refusal()
    wanted = f"{FILE}:{line}: " if line else f"{FILE}:"
    assert any(one.startswith(wanted) and said in one for one in found), found
    assert list(course.bytes()) == [
        name for name in course.bytes() if not name.endswith(".ipynb")
    ]


def test_all_problems_come_at_once_in_order(course):
    course.change('"points": 2', '"points": 3')
    course.change('"points": 1.5', '"points": 9')
    course.change("The sum of", "The autograder of")
    found = course.refusal()
    lines = [int(one.split(":")[1]) for one in found]
    assert len(found) == 3
    assert lines == sorted(lines)


def test_duplicate_id_in_another_notebook(course):
    text = course.source().read_text()
    start = text.index("# %% nbgrader")
    setup = text[start : text.index("# %% nbgrader", start + 1)].rstrip()
    course.write(f"{HEADER}\n{setup}\n", "lecture9/02_next")
    (found,) = course.refusal()
    assert found == (
        f"solutions/lecture9/02_next.py:12: the id 'l9_setup' is taken by {FILE}:17: "
        "give this cell another"
    )


def test_unknown_exercise(course):
    course.registry.exercises.pop(0)
    found = course.refusal()
    assert [one.split(": ")[0] for one in found] == [
        f"{FILE}:{course.line('l9_add')}",
        f"{FILE}:{course.line('l9_add_test')}",
    ]
    assert all("unknown exercise 'l9_add'" in one for one in found)


def test_test_cell_not_named_after_its_exercise(course):
    course.change('"grade_id": "l9_add_test"', '"grade_id": "l9_add_check"')
    found = course.refusal()
    assert any(
        "'l9_add_check' must be named after its exercise" in one for one in found
    )
    assert any("'l9_add' has no test cell 'l9_add_test'" in one for one in found)


def test_exercise_of_the_record_that_the_notebook_lacks(course):
    lacking = type(course.registry.exercises[0])("l9_more", 1, ("more",))
    course.registry.exercises.append(lacking)
    (found,) = course.refusal()
    assert "'l9_more' has a folder beside this notebook and no cell" in found


def test_exercise_of_another_notebook(course):
    course.registry.exercises[0].notebook = "lecture9/02_next"
    found = course.refusal()
    assert all("'l9_add' belongs to lecture9/02_next" in one for one in found)
    assert len(found) == 2


def test_test_before_its_answer(course):
    text = course.source().read_text()
    head, *cells = text.split("# %% ")
    cells[2], cells[3] = cells[3].rstrip() + "\n\n\n", cells[2].rstrip() + "\n\n\n"
    course.write("# %% ".join([head, *cells]))
    assert any("stands before the cell it tests" in one for one in course.refusal())


@pytest.mark.parametrize(
    ("index", "kind", "said"),
    [
        (0, "manual", "'l9_add' is graded by a person according to its checks.py"),
        (
            2,
            "code",
            "'l9_question' is not graded by a person according to its checks.py",
        ),
    ],
)
def test_kind_differs_from_the_record(course, index, kind, said):
    course.registry.exercises[index].kind = kind
    assert any(said in one for one in course.refusal())


def test_text_that_is_not_utf8(course):
    course.source().write_bytes(HEADER.encode() + b"\n# %% [markdown]\n# \xff\n")
    (found,) = course.refusal()
    assert found.startswith(f"{FILE}:1: the text is not UTF-8")

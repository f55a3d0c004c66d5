"""One notebook from file to verdict, in the real sandbox."""

import copy
import json
from pathlib import Path

import pytest

from autograder.course.handout import lectures, load_handouts
from autograder.course.settings import DemoCells, Settings
from autograder.judging.judge import judge
from autograder.judging.memory_bound import MIB, bounded_memory
from autograder.judging.submitted_file import TOO_MUCH
from autograder.sandbox.limits import Limits
from tests.autograder.report.conftest import PNG

pytestmark = pytest.mark.slow

RIGHT = "def double(x):\n    return 2 * x"
TRIPLE = "def triple(x):\n    return 3 * x"
SEED = b"a seed"
COURSE = Path(__file__).parents[3]


@pytest.fixture
def grade(small, sandbox, limits):
    def run(data, bounds=limits):
        judged = judge(small, data, SEED, sandbox, Settings(bounds))
        return judged, {v.exercise: v for v in judged.judgement.verdicts}

    return run


def test_right_answers_earn_all_points(grade, fill):
    judged, verdicts = grade(fill(t_double=RIGHT, t_triple=TRIPLE, t_question="Yes."))
    assert [(v.score, v.status) for v in judged.judgement.verdicts] == [
        (2, "correct"),
        (1, "correct"),
        (0, "manual"),
    ]
    assert judged.judgement.notes == []
    assert verdicts["t_double"].hint == ""


@pytest.mark.parametrize("demos", DemoCells)
def test_the_course_s_own_cells_are_read_before_a_child_runs_them(
    small, sandbox, limits, fill, monkeypatch, demos
):
    told = []
    monkeypatch.setattr(sandbox, "remember", lambda cells: told.append(list(cells)))
    settings = Settings(limits, demo_cells=demos)
    judge(small, fill(t_double=RIGHT), SEED, sandbox, settings)
    own = [
        cell.source
        for cell in small.cells.values()
        if cell.cell_type == "code" and (cell.role != "demo" or demos is DemoCells.RUN)
    ]
    assert told == [own]
    assert RIGHT not in own  # never what a student wrote


def test_a_blank_notebook_is_unanswered(grade, fill):
    judged, _ = grade(fill())
    assert {v.status for v in judged.judgement.verdicts} == {"unanswered"}
    assert sum(v.score for v in judged.judgement.verdicts) == 0


def test_a_misconception_is_named(grade, fill):
    _, verdicts = grade(fill(t_double="def double(x):\n    return x ** 2"))
    assert verdicts["t_double"].status == "wrong"
    assert verdicts["t_double"].misconceptions == ["squares"]
    assert "twice 3" in verdicts["t_double"].hint


def test_part_of_the_points(grade, fill):
    _, verdicts = grade(fill(t_double="def double(x):\n    return 2 * float(x)"))
    assert verdicts["t_double"].score == 1
    assert verdicts["t_double"].status == "partial"
    reasons = [c.reason for c in verdicts["t_double"].checks]
    assert "TypeError" in reasons[1]
    assert "line 2" in reasons[1]


@pytest.mark.parametrize(
    ("source", "status"),
    [
        ("import os; os._exit(1)", "crashed"),
        ("while True: pass", "timeout"),
        ("def double(x):\n    import os; os._exit(0)", "crashed"),
        ("def double(x):\n    while True: pass", "timeout"),
        ("def double(x):\n    return double(x)", "error"),
        ("def double(x):\n    raise KeyboardInterrupt", "error"),
        ("raise KeyboardInterrupt", "error"),
        ("def double(x):\n    raise SystemExit", "error"),
        ("def double(x:", "error"),
        ("double = 3", "error"),
        ("def double(x):\n    return [x, object()]", "wrong"),
        ("def double(x):\n    return float('nan')", "wrong"),
    ],
)
def test_a_fault_costs_its_own_exercise_only(grade, fill, source, status):
    _, verdicts = grade(fill(t_double=source, t_triple=TRIPLE))
    assert (verdicts["t_double"].score, verdicts["t_double"].status) == (0, status)
    assert verdicts["t_triple"].score == 1


@pytest.mark.parametrize(
    ("end", "status"),
    [("while True: pass", "timeout"), ("import os; os._exit(1)", "crashed")],
)
def test_a_test_cell_that_calls_a_bad_answer_costs_no_other(
    small, sandbox, limits, fill, end, status
):
    """The locked test of ``triple`` calls ``double``, which does not come back."""
    small.notebook["cells"][5]["source"] = "print(double(triple(2.0)))"
    data = fill(t_double=f"def double(x):\n    {end}", t_triple=TRIPLE)
    judgement = judge(small, data, SEED, sandbox, Settings(limits)).judgement
    found = [(v.score, v.status) for v in judgement.verdicts][:2]
    assert found == [(0, status), (1, "correct")]


def test_an_extra_cell_that_ends_the_process_costs_nothing(grade, fill):
    def add(notebook):
        extra = {
            "cell_type": "code",
            "metadata": {},
            "source": "import os; os._exit(1)",
        }
        notebook["cells"].insert(0, extra)

    judged, verdicts = grade(fill(add, t_double=RIGHT, t_triple=TRIPLE))
    assert verdicts["t_double"].score == 2
    assert verdicts["t_triple"].score == 1
    assert "cell number 1 ended its process" in judged.judgement.notes


def test_a_helper_defined_further_down_is_found(grade, fill):
    def add(notebook):
        cell = {
            "cell_type": "code",
            "metadata": {},
            "source": "def helper(x): return 2*x",
        }
        notebook["cells"].append(cell)

    _, verdicts = grade(fill(add, t_double="def double(x):\n    return helper(x)"))
    assert verdicts["t_double"].score == 2


def test_a_later_experiment_does_not_spoil_an_answer(grade, fill):
    def add(notebook):
        cell = {"cell_type": "code", "metadata": {}, "source": "double = None"}
        notebook["cells"].append(cell)

    _, verdicts = grade(fill(add, t_double=RIGHT))
    assert verdicts["t_double"].score == 2


def test_an_answer_that_stands_further_down_counts(grade, fill):
    def add(notebook):
        notebook["cells"].append({"cell_type": "code", "metadata": {}, "source": RIGHT})

    _, verdicts = grade(fill(add))
    assert verdicts["t_double"].score == 2


def test_an_error_name_is_told_and_a_message_is_not(grade, fill):
    source = "def double(x):\n    raise ValueError(f'hidden {x}')"
    _, verdicts = grade(fill(t_double=source))
    assert verdicts["t_double"].status == "error"
    told = json.dumps([c.reason for c in verdicts["t_double"].checks])
    assert "ValueError in line 2" in told
    assert "hidden" not in told


def test_an_undefined_name_is_told(grade, fill):
    _, verdicts = grade(fill(t_double="def double(x):\n    return twise(x)"))
    reason = verdicts["t_double"].checks[0].reason
    assert "twise is not defined" in reason
    assert "line 2" in reason


def test_hidden_inputs_reach_no_output(grade, fill):
    """What the questions bring in comes after the last output has been taken."""
    source = (
        "kept = []\ndef double(x):\n    kept.append(x)\n    print(x)\n    return 2 * x"
    )

    def add(notebook):
        cell = {"cell_type": "code", "metadata": {}, "source": "print(len(kept))"}
        notebook["cells"].append(cell)

    judged, verdicts = grade(fill(add, t_double=source))
    assert verdicts["t_double"].score == 2
    assert judged.notebook["cells"][-1]["outputs"][0]["text"] == "1\n"


def test_stale_outputs_are_told_and_cost_nothing(grade, fill):
    def keep_old(notebook):
        cell = notebook["cells"][2]
        cell["execution_count"] = 4
        cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "old\n"}]

    judged, verdicts = grade(fill(keep_old, t_double=RIGHT + "\nprint('new')"))
    assert judged.judgement.stale == [2]
    assert verdicts["t_double"].score == 2


def test_demo_cells_are_not_run_and_keep_their_output(grade, fill):
    def keep(notebook):
        cell = notebook["cells"][6]
        cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "curve"}]

    judged, _ = grade(fill(keep))
    assert judged.notebook["cells"][6]["outputs"][0]["text"] == "curve"


@pytest.mark.parametrize(
    ("data", "status"), [(None, "missing"), (b"{", "unreadable"), (b"", "unreadable")]
)
def test_no_notebook_no_points(grade, data, status):
    judged, _ = grade(data)
    assert {(v.score, v.status) for v in judged.judgement.verdicts} == {(0, status)}
    assert judged.judgement.notes


def test_a_file_that_takes_too_much_memory_is_unreadable(grade, fill):
    def swell(notebook):
        notebook["metadata"]["x"] = "x" * (40 * MIB)

    data = fill(swell, t_double=RIGHT)
    limits = Limits(submission_bytes=64 * MIB)
    with bounded_memory(20 * MIB):
        judged, _ = grade(data, limits)
    assert {v.status for v in judged.judgement.verdicts} == {"unreadable"}
    assert judged.judgement.notes == [TOO_MUCH]
    _, verdicts = grade(data, limits)
    assert verdicts["t_double"].status == "correct"


def test_too_many_crashes_end_the_notebook(grade, fill):
    def many(notebook):
        bad = {"cell_type": "code", "metadata": {}, "source": "import os; os._exit(1)"}
        notebook["cells"][:0] = [dict(bad) for _ in range(5)]

    bounds = Limits(restarts=2)
    _, verdicts = grade(fill(many, t_double=RIGHT), bounds)
    assert verdicts["t_double"].status == "crashed"


def test_only_so_many_cells_are_run(grade, fill):
    def many(notebook):
        extra = {"cell_type": "code", "metadata": {}, "source": "print('run')"}
        notebook["cells"][:0] = [dict(extra) for _ in range(5)]

    judged, verdicts = grade(fill(many, t_double=RIGHT), Limits(cells=2))
    assert verdicts["t_double"].status == "correct"  # the course's own are run
    assert any(
        "3 cells were not run: a bound" in note for note in judged.judgement.notes
    )
    ran = [bool(cell.get("outputs")) for cell in judged.notebook["cells"][:5]]
    assert ran == [True, True, False, False, False]


def test_an_exercise_has_limits_of_its_own(small, sandbox, limits, fill):
    own = {"cell_seconds": 1, "output_bytes": 200, "ask_seconds": 1}
    settings = Settings(limits, exercises={"t_triple": own})
    slow = "import time; time.sleep({})\nprint('x' * 1000)\n"
    data = fill(
        t_double=slow.format(2) + RIGHT, t_triple=slow.format(0) + "triple = abs"
    )
    judged = judge(small, data, SEED, sandbox, settings)
    judgement = judged.judgement
    assert [v.status for v in judgement.verdicts][:2] == ["correct", "wrong"]
    shown = {
        cell["metadata"]["nbgrader"]["grade_id"]: str(cell.get("outputs"))
        for cell in judged.notebook["cells"]
        if "nbgrader" in cell["metadata"]
    }
    assert "more output was cut" in shown["t_triple"]
    assert "more output was cut" not in shown["t_double"]
    data = fill(t_double=RIGHT, t_triple=slow.format(2) + TRIPLE)
    late = judge(small, data, SEED, sandbox, settings).judgement.verdicts
    assert [v.status for v in late][:2] == ["correct", "timeout"]
    asks = "def triple(x):\n    import time; time.sleep(1.5)\n    return 3 * x"
    data = fill(t_double=asks.replace("3", "2").replace("triple", "double"))
    assert (
        judge(small, data, SEED, sandbox, settings).judgement.verdicts[0].status
        == "correct"
    )
    late = judge(small, fill(t_triple=asks), SEED, sandbox, settings).judgement.verdicts
    assert late[1].status == "timeout"


def with_demos(small, *sources):
    """Return the small notebook with other ``demo`` cells, in front of the answers."""
    notebook = copy.deepcopy(small.notebook)
    place = next(i for i, c in enumerate(notebook["cells"]) if "tags" in c["metadata"])
    pattern = notebook["cells"].pop(place)
    for number, source in reversed(list(enumerate(sources))):
        one = copy.deepcopy(pattern) | {"source": source, "id": f"demo-{number}"}
        one["metadata"]["nbgrader"]["grade_id"] = f"t_demo_{number}"
        notebook["cells"].insert(2, one)
    return type(small)(small.name, notebook)


def handed_in(handout, *outputs, **sources):
    """Return a submission in which the ``demo`` cells have outputs."""
    notebook = copy.deepcopy(handout.notebook)
    stored = iter(outputs)
    for count, one in enumerate(notebook["cells"], 1):
        if "tags" in one["metadata"]:
            one |= {"outputs": next(stored), "execution_count": count}
        grade_id = one["metadata"].get("nbgrader", {}).get("grade_id")
        one["source"] = sources.get(grade_id, one["source"])
    return json.dumps(notebook).encode()


PICTURE = """
import matplotlib.pyplot as plt
plt.plot([0, 1])
plt.show()
print("a line")
"""
SHOWN = [
    {
        "output_type": "display_data",
        "data": {
            "image/png": PNG,
            "text/plain": "<Figure size 640x480 with 1 Axes>",
        },
        "metadata": {},
    },
    {"output_type": "stream", "name": "stdout", "text": "a line\n"},
]


def test_a_demo_cell_is_left_as_it_is(small, sandbox, limits):
    handout = with_demos(small, PICTURE)
    data = handed_in(handout, [SHOWN[0]])
    judged = judge(handout, data, SEED, sandbox, Settings(limits))
    judgement = judged.judgement
    assert (judgement.demos, judgement.stale) == ([], [])
    assert judged.notebook["cells"][2]["outputs"] == [SHOWN[0]]


def test_a_demo_cell_that_is_run_keeps_the_pictures_handed_in(small, sandbox, limits):
    settings = Settings(limits, demo_cells=DemoCells.RUN)
    handout = with_demos(small, PICTURE)
    right = {"t_double": RIGHT, "t_triple": TRIPLE}
    judged = judge(handout, handed_in(handout, SHOWN, **right), SEED, sandbox, settings)
    judgement = judged.judgement
    assert (judgement.demos, judgement.stale) == ([2], [])
    assert judged.notebook["cells"][2]["outputs"] == SHOWN
    assert [v.score for v in judgement.verdicts] == [2, 1, 0]


def test_a_demo_cell_that_was_not_run_by_the_student_shows_the_run(
    small, sandbox, limits
):
    settings = Settings(limits, demo_cells=DemoCells.RUN)
    handout = with_demos(small, PICTURE)
    notebook = json.loads(handed_in(handout, [SHOWN[1] | {"text": "made up"}]))
    notebook["cells"][2]["execution_count"] = None
    data = json.dumps(notebook).encode()
    judged = judge(handout, data, SEED, sandbox, settings)
    judgement = judged.judgement
    assert (judgement.demos, judgement.stale) == ([2], [])
    assert judged.notebook["cells"][2]["outputs"][1]["text"] == "a line\n"


def test_a_demo_cell_that_printed_something_else_is_told(small, sandbox, limits):
    settings = Settings(limits, demo_cells=DemoCells.RUN)
    handout = with_demos(small, PICTURE)
    edited = [SHOWN[0], SHOWN[1] | {"text": "a circle\n"}]
    judged = judge(handout, handed_in(handout, edited), SEED, sandbox, settings)
    judgement = judged.judgement
    assert (judgement.demos, judgement.stale) == ([2], [2])
    name, printed = judged.notebook["cells"][2]["outputs"]
    assert list(name["data"]) == ["text/plain"]
    assert printed["text"] == "a line\n"


def test_a_cell_that_prints_other_things_each_time_is_not_stale(small, sandbox, limits):
    settings = Settings(limits, demo_cells=DemoCells.RUN)
    handout = with_demos(small, "import time\nprint(time.time())")
    handout.notebook["cells"][2]["metadata"]["tags"].append("nbval-ignore-output")
    data = handed_in(handout, [SHOWN[1]])
    judged = judge(handout, data, SEED, sandbox, settings)
    judgement = judged.judgement
    assert (judgement.demos, judgement.stale) == ([2], [])


@pytest.mark.parametrize(
    ("end", "told"),
    [
        ("import os; os._exit(1)", "cell t_demo_1 ended its process"),
        ("while True: pass", "cell t_demo_1 did not end in time"),
    ],
)
def test_a_demo_cell_that_is_lost_costs_nothing(small, sandbox, end, told):
    limits = Limits(cell_seconds=4.0, notebook_seconds=60.0, restarts=0)
    handout = with_demos(small, "print(1)", end, "print(3)")
    one, three = ([SHOWN[1] | {"text": f"{number}\n"}] for number in (1, 3))
    data = handed_in(handout, one, [], three, t_double=RIGHT, t_triple=TRIPLE)
    judged = judge(
        handout, data, SEED, sandbox, Settings(limits, demo_cells=DemoCells.RUN)
    )
    judgement = judged.judgement
    assert [v.score for v in judgement.verdicts] == [2, 1, 0]
    assert told in judgement.notes
    assert (judgement.demos, judgement.stale) == ([2], [])
    assert judged.notebook["cells"][4]["outputs"] == three


def test_demo_cells_have_a_time_of_their_own(small, sandbox):
    limits = Limits(notebook_seconds=3.0)
    handout = with_demos(
        small, "import time; time.sleep(2)", "import time; time.sleep(60)"
    )
    slow = "import time; time.sleep(1.5)\n"
    data = handed_in(handout, [], [], t_double=slow + RIGHT, t_triple=TRIPLE)
    judged = judge(
        handout, data, SEED, sandbox, Settings(limits, demo_cells=DemoCells.RUN)
    )
    judgement = judged.judgement
    assert [v.score for v in judgement.verdicts] == [2, 1, 0]
    assert judgement.demos == [2]
    assert "cell t_demo_1 did not end in time" in judgement.notes


def test_a_regrade_gives_the_same_verdict(grade, fill):
    data = fill(t_double="def double(x):\n    return 2 * x + (x > 0)")
    first, _ = grade(data)
    for _ in range(5):
        again, _ = grade(data)
        assert again.judgement.verdicts == first.judgement.verdicts


@pytest.mark.parametrize(
    "handout",
    [m for lecture in lectures(COURSE) for m in load_handouts(COURSE, lecture)],
    ids=lambda m: m.name,
)
def test_solution_earns_all_and_blank_nothing(handout, sandbox):
    for folder, share in (("solutions", 1.0), ("notebooks", 0.0)):
        data = (COURSE / folder / f"{handout.name}.ipynb").read_bytes()
        judged = judge(handout, data, SEED, sandbox, Settings())
        judgement = judged.judgement
        for verdict in judgement.verdicts:
            if verdict.status != "manual":
                assert verdict.score == verdict.max_score * share, verdict
        # The stored outputs are those of a fresh run in the sandbox, too.
        assert judgement.stale == []


@pytest.mark.parametrize("lecture", lectures(COURSE))
def test_the_demo_cells_of_the_solutions_print_the_same_again(lecture, sandbox):
    for handout in load_handouts(COURSE, lecture):
        data = (COURSE / "solutions" / f"{handout.name}.ipynb").read_bytes()
        settings = Settings(demo_cells=DemoCells.RUN)
        judged = judge(handout, data, SEED, sandbox, settings)
        judgement = judged.judgement
        assert all(v.score == v.max_score for v in judgement.verdicts if v.checks)
        roles = [cell.role for cell in handout.cells.values()]
        assert len(judgement.demos) == roles.count("demo") > 0
        assert judgement.stale == []

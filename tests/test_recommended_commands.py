"""What README and guides tell to type is run, by a test or by the workflow."""

import ast
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from markdown_it import MarkdownIt

ROOT = Path(__file__).resolve().parent.parent
# docs/instructors.md is walked from its first command to its last by a test of its own,
# tests/test_instructors_guide.py; the changelog tells of commands, also of former ones.
PAGES = sorted(
    {*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")}
    - {ROOT / "docs" / "instructors.md", ROOT / "CHANGELOG.md"}
)
# What stands in a line and begins like this is a command.
COMMAND = re.compile(
    r"(?:make|nbgrader|python3? -m|jupyter|conda|pip install) [\w-]|\.ci/"
)

JUPYTER = ("tests/test_jupyter_starts.py::test_jupyterlab_starts", "COMMANDS[name]")
AUTOGRADE = (
    "tests/autograder/test_nbgrader_engine.py"
    "::test_nbgrader_autograde_gives_our_grades",
    '"autograde", "lecture3"',
)
SCORES = "tests/autograder/commands/test_grade.py::test_scores_by_a_person_come_back"
SET_UP = "tests/test_set_up_against_time.py::test_nothing_newer_than_the_lock_gets_in"
CLUSTER = (
    "tests/autograder/classroom/test_cluster.py"
    "::test_results_are_those_of_this_machine_though_a_worker_is_lost"
)
POSTGRESQL = (
    "tests/autograder/gradebook/test_postgresql.py"
    "::test_a_class_is_graded_reported_and_published"
)
STUDENT = ("tests/test_students_environment.py::python", "install(released")
RELEASE = (
    "tests/autograder/authoring/test_release.py"
    "::test_git_starts_a_history_of_releases_alone",
    'release("--git")',
)
WALK = "tests/test_add_an_exercise.py"
TRANSLATED = "tests/autograder/authoring/translation/test_edition.py::course"
DEPLOY = "tests/test_deploy.py"
DASK = (f"{DEPLOY}::test_the_dask_commands_are_understood", "shell_lines()")
HUB = ("tests/autograder/commands/test_hub.py::hub", '"-m", "jupyterhub"')
TLS = "tls://scheduler.example.org:8786"
DATABASE = "--db postgresql+psycopg://ann@db.example.org/grades"

# Command -> the job of the workflow that runs it; or the test that does, and what is in
# that test because it does.
RUN_BY: dict[str, str | tuple[str, str]] = {
    # README.md, CONTRIBUTING.md
    ".ci/run": (
        "tests/test_setup.py::test_ci_prepares_and_calls_make_test",
        '".ci" / "run"',
    ),
    ".ci/setup": "locked",
    ". .venv/bin/activate": "by-hand",
    "python3 -m venv .venv": "by-hand",
    "pip install --no-deps --require-hashes --prefer-binary -r requirements.lock": (
        "by-hand"
    ),
    "pip install --no-deps --no-build-isolation -e ./handout -e .": "by-hand",
    "python -m autograder demo": "by-hand",
    "make setup": (SET_UP, "set_up("),
    "make demo": "locked",
    "make test": "locked",
    "make test-fast": "targets",
    "make build": "targets",
    "make lint": "targets",
    "make format": "targets",
    "make adequacy": "targets",
    "make mutation": "targets",
    "make bench": "targets",
    "make site": "targets",
    "make links": "links",
    "make oldest": "lowest",
    "make setup LOCK=build/oldest.lock": "lowest",
    "make dist": "targets",
    "make lock": "targets",
    "make clean": "targets",
    "make lab": JUPYTER,
    "jupyter lab notebooks": JUPYTER,
    "conda env create -f environment.yml": "conda",
    "conda activate cs231n-companion": "conda",
    "python -m autograder release --to ../handed-out --git": RELEASE,
    'python -m pip install ".[jupyter]"': STUDENT,
    "python -m pip install .": STUDENT,
    "python -m autograder doctor": "locked",
    "python -m autograder build --check": "locked",
    "python -m autograder check": "locked",
    "python -m autograder collect lecture3 submissions.zip": (
        "tests/autograder/commands/test_collect.py::test_a_class_from_canvas",
        '"submissions.zip")',
    ),
    "python -m autograder grade lecture3": (SCORES, '["grade", "lecture3"'),
    "python -m autograder report lecture3": (SCORES, '["report", "lecture3"]'),
    "python -m autograder publish lecture3 --to handed-back": (
        SCORES,
        '["publish", "lecture3", "--to", "handed-back"]',
    ),
    "python -m autograder export lecture3 --format canvas --roster canvas_grades.csv": (
        "tests/autograder/commands/test_export.py::export",
        '["export", "lecture3", "--format", "canvas"',
    ),
    "nbgrader autograde": AUTOGRADE,
    "python -m autograder translations": (
        "tests/autograder/authoring/translation/test_edition.py"
        "::test_all_languages_are_brought_up_to_date_at_once",
        'main(["translations"])',
    ),
    "python -m autograder translations ko": (TRANSLATED, '["translations", "ko"]'),
    "python -m autograder translations --check ko": (
        "tests/autograder/authoring/translation/test_edition.py"
        "::test_a_notebook_is_not_written_before_its_catalogue_is_complete",
        '["translations", "--check", "ko"]',
    ),
    "python -m autograder release --to build/release-ko --language ko": (
        "tests/solutions/test_korean_edition.py::test_it_is_handed_out",
        '"--language", "ko"]',
    ),
    # docs/capacity.md, docs/performance.md
    "python -m benchmarks.capacity": "targets",
    "python -m benchmarks.capacity --measure": "targets",
    "python -m benchmarks.grading page": "targets",
    "python -m benchmarks.counts renew": (
        "tests/benchmarks/test_counts.py"
        "::test_check_fails_where_a_count_rose_and_renewed_counts_hold",
        '["renew"]',
    ),
    # docs/add-an-exercise.md
    "python -m pytest -q tests/solutions/test_bank.py -k l3_squared_hinge_i": (
        f"{WALK}::test_the_bank_test_passes",
        "-m pytest -q",
    ),
    # docs/your-own-course.md: that test runs every command of the page in its order.
    **dict.fromkeys(
        (
            "cp notebooks/week1/01_rectangles.ipynb term/submitted/bob/week1",
            "cp solutions/week1/01_rectangles.ipynb term/submitted/ann/week1",
            "mkdir -p term/submitted/ann/week1 term/submitted/bob/week1",
            "python -m autograder grade week1",
            "python -m autograder release --to ../plane-figures-students",
            "python -m autograder report week1",
        ),
        ("tests/test_your_own_course.py::walked", "in commands()"),
    ),
    "python -m autograder build": (f"{WALK}::built", '"make build"'),
    "python -m autograder build --check lecture3/06_squared_hinge": (
        f"{WALK}::test_build_check_finds_nothing_stale",
        "autograder build --check",
    ),
    "python -m autograder check lecture3": (
        f"{WALK}::test_check_is_content",
        "autograder check lecture3",
    ),
    "python -m autograder.adequacy --visible l3_squared_hinge_i": (
        f"{WALK}::test_the_visible_checks_are_measured",
        "autograder.adequacy --visible",
    ),
    # docs/your-ci.md
    "python -m autograder ci": (
        "tests/autograder/commands/test_ci.py::cloned",
        '["ci", "--since", "origin/main"',
    ),
    "python -m autograder changes --since main": (
        "tests/autograder/authoring/test_changes.py::"
        "test_a_course_in_a_folder_of_a_repository",
        '["changes", "--since", "HEAD"]',
    ),
    "python -m autograder.adequacy": "targets",
    # docs/test-adequacy.md, docs/students.md
    "python -m autograder.adequacy --visible l3_svm_loss_i": "targets",
    "python -m cs231n_lib.progress notebooks/lecture3": "targets",
    # docs/deploy.md
    "make setup PYTHON=python3.12": "targets",
    "pip install -e ./handout -e '.[cluster]'": "by-hand",
    "pip install -e ./handout -e '.[postgresql]'": "by-hand",
    "pip install -e ./handout -e '.[hub]'": "by-hand",
    "npm install --global configurable-http-proxy@5.3.0": HUB,
    "export HUB_PASSWORD=choose-another-one": HUB,
    "jupyterhub --config docs/deploy/jupyterhub/jupyterhub_config.py": HUB,
    "pip install dask-jobqueue": "by-hand",
    "docker build -t cs231n-companion:0.1.0 -f docs/deploy/Dockerfile .": "targets",
    "python -m autograder grade lecture3 --scheduler tcp://127.0.0.1:8786": (
        CLUSTER,
        "ClusterWorkers(running.address",
    ),
    f"python -m autograder grade lecture3 {DATABASE}": (POSTGRESQL, '["grade", *base'),
    f"python -m autograder report lecture3 {DATABASE}": (POSTGRESQL, '["report", *bas'),
    # These need machines, certificates or a cluster that no test has: a test holds them
    # to the tools' own parsers, or to the files that they name.
    "dask scheduler --host 127.0.0.1 --port 8786": DASK,
    "dask worker tcp://127.0.0.1:8786 --host 127.0.0.1 --nworkers 4 --nthreads 1 "
    "--preload autograder.classroom.cluster": DASK,
    "dask scheduler --protocol tls --port 8786": DASK,
    f"dask worker {TLS} --nthreads 1 --preload autograder.classroom.cluster": (DASK),
    f"python -m autograder grade lecture3 --scheduler {TLS}": (
        "tests/test_docs.py::test_a_command_of_a_console_block_is_understood",
        "check(command)",
    ),
    "python docs/deploy/slurm.py --workers 64 --queue short -- lecture3 --submitted "
    "/data/submitted": (
        f"{DEPLOY}::test_the_slurm_script_takes_what_the_page_gives_it",
        "shell_lines()",
    ),
    "kubectl port-forward service/autograder-scheduler 8786:8786": (
        f"{DEPLOY}::test_the_service_leads_to_the_scheduler",
        "port",
    ),
}
# Commands of other projects for systems of the reader, which hold nothing of ours.
NOT_OURS = {
    "helm install --repo https://helm.dask.org --create-namespace -n dask-operator "
    "--generate-name dask-kubernetes-operator",
    "kubectl apply -f docs/deploy/kubernetes.yaml",
    "createdb --host db.example.org grades",
}


def commands(page: Path) -> set[str]:
    """List the commands of a page: of its shell blocks and of its lines."""
    found = set()
    for block in (
        MarkdownIt("commonmark").enable("table").parse(page.read_text("utf-8"))
    ):
        if block.type == "fence" and block.info in ("console", "sh"):
            lines = block.content.splitlines()
            if block.info == "console":
                lines = [line[2:] for line in lines if line.startswith("$ ")]
            found |= set(lines)
        found |= {
            part.content
            for part in block.children or ()
            if part.type == "code_inline" and COMMAND.match(part.content)
        }
    return found


RECOMMENDED = {command: page for page in PAGES for command in commands(page)}


@cache
def workflow() -> dict[str, Any]:
    path = ROOT / ".github" / "workflows" / "ci.yml"
    return yaml.safe_load(path.read_text("utf-8"))["jobs"]


def source_of(place: str) -> str:
    """Return the source of the function that `path::name` names."""
    path, _, name = place.partition("::")
    text = (ROOT / path).read_text("utf-8")
    found = [
        node
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef) and node.name == name
    ]
    assert len(found) == 1, f"{path} does not define {name}"
    return ast.get_source_segment(text, found[0])


def hold(where: str | tuple[str, str], command: str) -> None:
    """Fail unless the named place runs the command."""
    if isinstance(where, str):
        steps = [step.get("run", "") for step in workflow()[where]["steps"]]
        lines = [line.strip() for step in steps for line in step.splitlines()]
        assert any(f"{line} ".startswith(f"{command} ") for line in lines), (
            f"the job {where} does not run {command!r}"
        )
    else:
        place, mention = where
        assert mention in source_of(place), f"{place} does not hold {mention!r}"


@pytest.mark.parametrize("command", sorted(RECOMMENDED))
def test_a_recommended_command_is_run(command: str) -> None:
    if command in NOT_OURS:
        return
    assert command in RUN_BY, (
        f"{RECOMMENDED[command].name} recommends {command!r}: say in RUN_BY which test "
        "or which job of the workflow runs it"
    )
    hold(RUN_BY[command], command)


def test_nothing_is_listed_that_no_page_recommends() -> None:
    assert {*RUN_BY, *NOT_OURS} <= set(RECOMMENDED)


@pytest.mark.parametrize(
    ("where", "command"),
    [
        ("locked", "make everything"),
        (("tests/test_setup.py::test_of_nothing", "make"), "make demo"),
        (("tests/test_setup.py::make", "no such text"), "make demo"),
    ],
)
def test_a_place_that_does_not_run_it_is_noticed(
    where: str | tuple[str, str], command: str
) -> None:
    with pytest.raises(AssertionError):
        hold(where, command)

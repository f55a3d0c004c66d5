"""The workflows are sound, and each promise that time can break has a weekly job."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml

from autograder import cli

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".github" / "workflows"
WORKFLOWS = {
    path.name: yaml.safe_load(path.read_text("utf-8"))
    for path in sorted(FOLDER.glob("*.yml"))
}
# YAML 1.1 reads the key `on` as true.
ON = True
STEPS = [
    pytest.param(step, id=f"{file}-{name}-{number}")
    for file, workflow in WORKFLOWS.items()
    for name, job in workflow["jobs"].items()
    for number, step in enumerate(job["steps"])
]
RUN = [param for param in STEPS if "run" in param.values[0]]
USES = [param for param in STEPS if "uses" in param.values[0]]
TARGETS = set(
    re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text("utf-8"), re.M)
)
VARIABLES = set(
    re.findall(r"^([A-Z_]+) \?=", (ROOT / "Makefile").read_text("utf-8"), re.M)
)
# What time can break, and the commands of the job that looks every week.
PROMISES = {
    "the newest packages that pyproject.toml allows": ["make test LOCK="],
    "the oldest packages that it allows": [
        "make oldest",
        "make setup LOCK=build/oldest.lock",
    ],
    "the locked packages, on the pips that the oldest Pythons bundle": [
        ".ci/setup",
        "make test",
    ],
    "the addresses that pages lead to": ["make links"],
    "that tests can fail": ["make mutation"],
    "what the hidden checks refuse": ["make adequacy"],
    "that a lock can be made": ["make lock"],
    "the site": ["make site"],
    "what students install": ["make dist"],
    "the image of a grading machine": [
        "docker build -t cs231n-companion:0.1.0 -f docs/deploy/Dockerfile .",
    ],
    "the set-up with pip alone": ["python -m autograder demo"],
    "the set-up with conda": ["conda env create -f environment.yml"],
}


def lines(step: dict[str, Any]) -> list[str]:
    """List the commands of a step, those joined by a backslash as one."""
    text = step.get("run", "").replace("\\\n", " ")
    return [line for raw in text.splitlines() if (line := raw.strip())]


def weekly() -> dict[str, list[str]]:
    """Return the commands of the jobs that a schedule starts, by job."""
    found = {}
    for workflow in WORKFLOWS.values():
        # `on` is a word, a list or a mapping; only a mapping holds a schedule.
        triggers = workflow[ON]
        if not isinstance(triggers, dict) or "schedule" not in triggers:
            continue
        for name, job in workflow["jobs"].items():
            if "github.event_name == 'schedule'" in job.get("if", ""):
                found[name] = [line for step in job["steps"] for line in lines(step)]
    return found


def check(line: str) -> None:
    """Fail where a command of ours is none."""
    words = [
        word
        for word in shlex.split(line, comments=True)
        if not re.fullmatch(r"\$\{.*\}", word)
    ]
    if words[:1] == ["make"]:
        goals = {word for word in words[1:] if "=" not in word}
        given = {word.partition("=")[0] for word in words[1:] if "=" in word}
        assert goals <= TARGETS, f"the Makefile has no target {goals - TARGETS}"
        assert given <= VARIABLES, f"the Makefile has no variable {given - VARIABLES}"
    elif words[:3] == ["python", "-m", "autograder"]:
        # Its last words are the shell's where a variable may be empty.
        words = words[3 : next((i for i, w in enumerate(words) if "${" in w), None)]
        try:
            cli.make_parser(words[0]).parse_args(words)
        except SystemExit:
            pytest.fail(f"the parser refuses {words}")
    elif words[:1] and words[0].startswith(".ci/"):
        assert (ROOT / words[0]).stat().st_mode & 0o111, f"{words[0]} is no program"


def test_the_workflows_are_found():
    assert {"ci.yml", "course.yml", "release.yml", "site.yml"} <= set(WORKFLOWS)


@pytest.mark.parametrize("name", WORKFLOWS)
def test_a_workflow_is_bounded_and_asks_for_few_rights(name):
    workflow = WORKFLOWS[name]
    assert workflow[ON], "nothing starts it"
    assert workflow["permissions"] == {"contents": "read"}
    for job in workflow["jobs"].values():
        assert 0 < job["timeout-minutes"] <= 180
        for need in [job["needs"]] if "needs" in job else []:
            assert need in workflow["jobs"]
        for step in job["steps"]:
            assert ("run" in step) != ("uses" in step), step


@pytest.mark.parametrize("step", RUN)
def test_a_command_of_a_step_is_there(step):
    for line in lines(step):
        check(line)


@pytest.mark.parametrize(
    "line",
    [
        "make everything",
        "make test SPEED=fast",
        "python -m autograder grades lecture3",
        "python -m autograder ci --fast",
        ".ci/nothing",
    ],
)
def test_a_wrong_command_is_noticed(line):
    with pytest.raises((AssertionError, OSError, pytest.fail.Exception)):
        check(line)


@pytest.mark.parametrize("step", USES)
def test_an_action_is_pinned_by_its_commit(step):
    assert re.fullmatch(r"[\w-]+/[\w./-]+@[0-9a-f]{40}", step["uses"])


def test_each_pin_says_its_version_and_all_pins_of_an_action_agree():
    pins: dict[str, set[str]] = {}
    for path in FOLDER.glob("*.yml"):
        text = path.read_text("utf-8")
        found = re.findall(
            r"uses: (\S+)@([0-9a-f]{40}) # (v\d+\.\d+\.\d+)$", text, re.M
        )
        assert len(found) == text.count("uses: ")
        for action, commit, version in found:
            pins.setdefault(action, set()).add(f"{commit} {version}")
    assert {action: len(of) for action, of in pins.items()} == dict.fromkeys(pins, 1)


@pytest.mark.parametrize("promise", PROMISES)
def test_a_promise_that_time_can_break_is_kept_by_a_weekly_job(promise):
    wanted = set(PROMISES[promise])
    assert any(wanted <= set(commands) for commands in weekly().values())


def test_dependencies_are_brought_up_to_date_by_themselves():
    """Actions and every lock, weekly, in one pull request each."""
    config = yaml.safe_load((ROOT / ".github" / "dependabot.yml").read_text("utf-8"))
    updates = {one["package-ecosystem"]: one for one in config["updates"]}
    for one in updates.values():
        assert one["schedule"]["interval"] == "weekly"
        assert [group["patterns"] for group in one["groups"].values()] == [["*"]]
    assert "github-actions" in updates
    locks = {
        f"/{path.parent.relative_to(ROOT).as_posix()}".removesuffix("/.")
        for pattern in ("*.lock", "docs/site/*.lock", "scripts/*.lock")
        for path in ROOT.glob(pattern)
    }
    assert {folder.rstrip("/") for folder in updates["pip"]["directories"]} == locks
    workflow = (FOLDER / "ci.yml").read_text("utf-8")
    assert "cache-dependency-path" in workflow


def test_the_programs_before_a_commit_are_those_of_make_lint():
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))
    hooks = [hook["entry"] for repo in config["repos"] for hook in repo["hooks"]]
    makefile = (ROOT / "Makefile").read_text("utf-8")
    recipe = re.search(r"^lint:.*\n((?:\t.*\n)+)", makefile, re.M)[1]
    wanted = re.findall(r"\$\(IN\) (.*)", recipe)
    assert [entry.removeprefix(".venv/bin/") for entry in hooks] == wanted

"""Both pyproject.toml state the versions; everything else is held to them here."""

import ast
import importlib.metadata
import importlib.util
import os
import re
import shutil
import subprocess
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

import autograder

ROOT = Path(__file__).resolve().parent.parent
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
PROJECT = PYPROJECT["project"]
HANDOUT = tomllib.loads((ROOT / "handout" / "pyproject.toml").read_text())
STUDENT = HANDOUT["project"]
LOCK = (ROOT / "requirements.lock").read_text()
PYTHONS = [
    name.rsplit(" ", 1)[1]
    for name in PROJECT["classifiers"]
    if re.fullmatch(r"Programming Language :: Python :: 3\.\d+", name)
]


def requirements(*extras: str) -> list[Requirement]:
    """List what the grader with these extras asks for, the students' part included."""
    return asked_for({p["name"]: p for p in (PROJECT, STUDENT)}, PROJECT, extras)


def student_requirements() -> list[Requirement]:
    """List what a student installs to open the notebooks."""
    return asked_for({STUDENT["name"]: STUDENT}, STUDENT, ["jupyter"])


def asked_for(
    ours: dict[str, dict[str, Any]], project: dict[str, Any], extras: Iterable[str]
) -> list[Requirement]:
    """Follow extras, and one of our distributions that asks for the other."""
    found = []
    for lines in (
        project["dependencies"],
        *(project["optional-dependencies"][extra] for extra in extras),
    ):
        for requirement in map(Requirement, lines):
            if requirement.name in ours:
                other = ours[requirement.name]
                found += asked_for(ours, other, sorted(requirement.extras))
            else:
                found.append(requirement)
    return found


def lock_entries() -> list[tuple[Requirement, list[str]]]:
    """Split the lock into (requirement, its hashes)."""
    logical = re.sub(r"\\\n\s*", "", LOCK).splitlines()
    entries = [line for line in logical if line and not line.lstrip().startswith("#")]
    return [
        (Requirement(head.strip()), hashes)
        for head, *hashes in (line.split("--hash=") for line in entries)
    ]


@cache
def locked_versions(python: str, platform: str) -> dict[str, Version]:
    """Read what the lock installs on one Python and one platform."""
    environment = {
        "python_version": python,
        "python_full_version": f"{python}.0",
        "sys_platform": platform,
        "os_name": "nt" if platform == "win32" else "posix",
        "implementation_name": "cpython",
    }
    versions = {}
    for requirement, _ in lock_entries():
        if requirement.marker is None or requirement.marker.evaluate(environment):
            name = canonicalize_name(requirement.name)
            assert name not in versions, f"{name} is locked twice for {environment}"
            (specifier,) = requirement.specifier
            assert specifier.operator == "=="
            versions[name] = Version(specifier.version)
    return versions


class TestLock:
    @pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
    @pytest.mark.parametrize("python", PYTHONS)
    def test_satisfies_pyproject(self, python: str, platform: str) -> None:
        versions = locked_versions(python, platform)
        wanted = requirements(*PROJECT["optional-dependencies"])
        for build in (PYPROJECT, HANDOUT):
            wanted += map(Requirement, build["build-system"]["requires"])
        for requirement in wanted:
            name = canonicalize_name(requirement.name)
            marker = requirement.marker
            if marker and not marker.evaluate({"sys_platform": platform}):
                assert name not in versions
            else:
                assert name in versions, f"{name} is not locked: run `make lock`"
                assert versions[name] in requirement.specifier, (
                    f"{name} {versions[name]} is locked, {requirement} is asked for"
                )

    def test_every_entry_has_hashes(self) -> None:
        entries = lock_entries()
        assert len(entries) > 50
        for requirement, hashes in entries:
            assert hashes, requirement
            assert all(re.fullmatch(r"sha256:[0-9a-f]{64}\s*", h) for h in hashes)

    def test_names_no_place_to_download_from(self) -> None:
        assert "://" not in LOCK
        assert " @ " not in LOCK
        assert not re.search(r"^\s*-(?!-hash=)", LOCK, flags=re.MULTILINE)
        assert "://" not in (ROOT / "Makefile").read_text()

    def test_build_backend_is_the_locked_one(self) -> None:
        groups = PYPROJECT["dependency-groups"]
        assert groups["build"] == PYPROJECT["build-system"]["requires"]


class TestEnvironmentYml:
    ENVIRONMENT = yaml.safe_load((ROOT / "environment.yml").read_text())

    def test_student_part_has_the_same_constraints(self) -> None:
        conda = [d for d in self.ENVIRONMENT["dependencies"] if isinstance(d, str)]
        constraints = {
            r.name: r.specifier
            for r in map(Requirement, (d for d in conda if not d.startswith("python=")))
        }
        assert constraints.pop("pip") == SpecifierSet("")
        assert constraints == {r.name: r.specifier for r in student_requirements()}

    def test_python_is_one_that_is_tested(self) -> None:
        (python,) = [
            d.removeprefix("python=")
            for d in self.ENVIRONMENT["dependencies"]
            if isinstance(d, str) and d.startswith("python=")
        ]
        assert python in PYTHONS

    def test_installs_the_library_and_nothing_else_by_pip(self) -> None:
        pip = [d for d in self.ENVIRONMENT["dependencies"] if not isinstance(d, str)]
        assert pip == [{"pip": ["-e ./handout"]}]


class TestPythonVersions:
    def test_oldest_is_what_the_project_requires(self) -> None:
        oldest = min(PYTHONS, key=Version)
        assert PROJECT["requires-python"] == f">={oldest}"
        assert STUDENT["requires-python"] == f">={oldest}"

    # What each job of the workflow installs, on which Pythons, and whether weekly.
    JOBS = (
        ("locked", [], PYTHONS, False),
        ("oldest", [], [f"{python}.0" for python in PYTHONS], True),
        ("newest", ["LOCK="], PYTHONS, True),
    )

    @pytest.mark.parametrize(("job", "options", "pythons", "weekly"), JOBS)
    def test_workflow_runs_every_supported_one(
        self, job: str, options: list[str], pythons: list[str], weekly: bool
    ) -> None:
        text = (ROOT / ".github" / "workflows" / "ci.yml").read_text()
        workflow = yaml.safe_load(text)
        job_description = workflow["jobs"][job]
        assert job_description["strategy"]["matrix"]["python"] == pythons
        commands = [step.get("run", "").split() for step in job_description["steps"]]
        for target in ("test", "demo"):
            assert ["make", target, *options] in commands
        # YAML 1.1 reads the key `on` as true.
        (schedule,) = workflow[True]["schedule"]
        minute, hour, day, month, weekday = schedule["cron"].split()
        assert (day, month) == ("*", "*"), "not every week"
        assert minute.isdecimal()
        assert hour.isdecimal()
        assert weekday.isdecimal()
        when = job_description["if"]
        assert ("github.event_name == 'schedule'" in when) == weekly

    @pytest.mark.parametrize("python", PYTHONS)
    def test_what_is_locked_takes_its_oldest_patch_release(self, python: str) -> None:
        refused = {
            found.metadata["Name"]: asked
            for found in importlib.metadata.distributions()
            if canonicalize_name(found.metadata["Name"])
            in locked_versions(python, "linux")
            and (asked := found.metadata.get("Requires-Python"))
            and f"{python}.0" not in SpecifierSet(asked)
        }
        assert refused == {}


class TestPackage:
    def test_version_is_the_installed_one(self) -> None:
        for project in (PROJECT, STUDENT):
            installed = importlib.metadata.version(project["name"])
            assert installed == autograder.__version__, "run `make setup`"

    def test_grader_and_library_have_one_version(self) -> None:
        assert STUDENT["version"] == autograder.__version__
        (library,) = PROJECT["dependencies"]
        assert library == f"{STUDENT['name']}=={autograder.__version__}"

    def test_version_is_written_nowhere_else(self) -> None:
        assert PYPROJECT["tool"]["hatch"]["version"]["path"] == "autograder/__init__.py"
        assert "version" in PROJECT["dynamic"]
        written = [
            path.relative_to(ROOT).as_posix()
            for package in ("answer_checks", "cs231n_lib", "autograder")
            for path in (ROOT / package).rglob("*.py")
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Constant) and node.value == autograder.__version__
        ]
        assert written == ["autograder/__init__.py"]

    def test_wheels_take_their_packages_whole(self) -> None:
        wheel = PYPROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]
        assert wheel == {"packages": ["autograder"]}
        # A release adds the packages: here an editable install links to them, and
        # copies beside the link would grow old.
        assert HANDOUT["tool"]["hatch"]["build"] == {"dev-mode-dirs": [".."]}
        for name in ("answer_checks", "cs231n_lib"):
            found = importlib.util.find_spec(name)
            assert found is not None
            assert found.origin == str(ROOT / name / "__init__.py")

    @pytest.mark.skipif(not (ROOT / ".git").exists(), reason="not a git checkout")
    def test_no_source_is_ignored_by_git(self) -> None:
        # hatchling leaves out what .gitignore names.
        git = shutil.which("git")
        files = [
            path.relative_to(ROOT).as_posix()
            for package in ("answer_checks", "cs231n_lib", "autograder")
            for path in (ROOT / package).rglob("*")
            if path.is_file() and "__pycache__" not in path.parts
        ]
        done = subprocess.run(
            [git, "check-ignore", "--no-index", "--stdin"],
            input="\n".join(files),
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stdout) == (1, "")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Make a folder with the set-up files and a .venv that looks installed."""
    for name in ("Makefile", "pyproject.toml", "requirements.lock"):
        shutil.copy(ROOT / name, tmp_path)
    shutil.copytree(ROOT / ".ci", tmp_path / ".ci")
    for name in (
        "autograder/__init__.py",
        "handout/pyproject.toml",
        "scripts/say_why.py",
        "scripts/uv-requirements.lock",
        "docs/site/requirements.lock",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    binaries = tmp_path / ".venv" / "bin"
    binaries.mkdir(parents=True)
    script(binaries / "python", "echo 3.11.9")
    (binaries / "activate").write_text(f"PATH='{binaries}':$PATH\n")
    stamp = tmp_path / ".venv" / "installed-requirements.lock"
    stamp.write_text(f"{tmp_path}\n")
    return tmp_path


def script(path: Path, body: str) -> Path:
    """Write a small program in sh."""
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)
    return path


def make(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run make as a user would, whatever make runs this test."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in {"MAKEFLAGS", "MFLAGS", "MAKELEVEL", "PYTHON", "LOCK"}
    }
    return subprocess.run(
        ["make", *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


class TestMakefile:
    def test_alone_lists_every_target_on_a_line(self) -> None:
        text = (ROOT / "Makefile").read_text()
        targets = re.search(r"^\.PHONY: (.*)$", text, flags=re.MULTILINE)[1].split()
        targets.remove("new-venv")
        listed = [line.split()[:2] for line in make(ROOT).stdout.splitlines()]
        assert sorted(listed) == sorted(["make", target] for target in targets)

    def test_contributing_explains_every_target(self) -> None:
        text = (ROOT / "CONTRIBUTING.md").read_text()
        for line in make(ROOT).stdout.splitlines()[1:]:
            assert f"| `make {line.split()[1]}` |" in text

    def test_second_setup_installs_nothing(self, checkout: Path) -> None:
        assert "pip" not in make(checkout, "--dry-run", "setup").stdout

    SOURCES = (
        "requirements.lock",
        "pyproject.toml",
        "handout/pyproject.toml",
        "autograder/__init__.py",
    )

    @pytest.mark.parametrize("changed", SOURCES)
    def test_setup_follows_a_change(self, checkout: Path, changed: str) -> None:
        for name in {*self.SOURCES, ".venv/installed-requirements.lock"} - {changed}:
            os.utime(checkout / name, (1, 1))
        plan = make(checkout, "--dry-run", "setup").stdout
        assert "--no-deps --require-hashes --prefer-binary -r requirements.lock" in plan

    def test_empty_lock_installs_the_newest(self, checkout: Path) -> None:
        plan = make(checkout, "--dry-run", "setup", "LOCK=").stdout
        assert "eager -e ./handout -e '.[test]'" in plan
        assert "--require-hashes" not in plan

    def test_other_python_makes_a_new_environment(self, checkout: Path) -> None:
        other = script(checkout / "python3.12", "echo 3.12.4")
        plan = make(checkout, "--dry-run", "setup", f"PYTHON={other}").stdout
        assert "rm -rf .venv" in plan
        assert f"{other} scripts/say_why.py {other} -m venv .venv" in plan

    def test_same_python_keeps_the_environment(self, checkout: Path) -> None:
        same = script(checkout / "python3.11", "echo 3.11.9")
        assert "pip" not in make(checkout, "-n", "setup", f"PYTHON={same}").stdout

    def test_old_python_gives_one_clear_line(self, checkout: Path) -> None:
        old = script(
            checkout / "old", 'test "$1" = --version && echo Python 3.9.18 || :'
        )
        shutil.rmtree(checkout / ".venv")
        done = make(checkout, "test", f"PYTHON={old}")
        assert done.returncode == 2
        assert done.stdout == ""
        (line,) = done.stderr.splitlines()
        assert f'Python 3.11 or newer is needed and "{old}" is: Python 3.9.18' in line
        assert not (checkout / ".venv").exists()

    def test_no_target_deletes_a_term(self, checkout: Path) -> None:
        kept = checkout / "term" / "submitted" / "ada" / ".ipynb_checkpoints" / "a"
        kept.parent.mkdir(parents=True)
        kept.touch()
        (checkout / "term" / "gradebook.db").write_text("scores entered by hand")
        binaries = checkout / ".venv" / "bin"
        # Programs that do nothing, found by path and on PATH.
        script(binaries / "python", "exit 0")
        uv = checkout / "build" / "lock" / "bin" / "uv"
        uv.parent.mkdir(parents=True)
        script(uv, "exit 0")
        (uv.parents[1] / "done").touch()
        targets = [line.split()[1] for line in make(ROOT).stdout.splitlines()]
        assert targets[-1] == "clean"
        for target in targets:
            done = make(checkout, target)
            assert done.returncode == 0, (target, done.stderr)
            assert kept.is_file(), target
            assert (checkout / "term" / "gradebook.db").read_text(), target
        assert not (checkout / "build").exists()
        assert not binaries.exists()


def test_ci_prepares_and_calls_make_test(checkout: Path) -> None:
    script(checkout / ".ci" / "setup", "echo prepared")
    # A `make` that tells what it was called with, where, and what it can read.
    folder = checkout / "bin"
    folder.mkdir()
    script(folder / "make", 'echo "make $*"; pwd; cat; exit 7')
    done = subprocess.run(
        [checkout / ".ci" / "run"],
        cwd=folder,
        env={"PATH": f"{folder}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
        input="never read",
        timeout=60,
    )
    assert done.stdout.splitlines() == ["prepared", "make test", str(checkout)]
    assert done.returncode == 7


class TestBrokenEnvironment:
    """A `.venv` that no longer works is made anew, and that is said."""

    # Stands in for Python: makes a `.venv`, says what pip was asked.
    PYTHON = (
        'case "$*" in\n'
        "  *version_info*) echo True ;;\n"
        '  *"-m venv"*) mkdir -p .venv/bin; cp "$0" .venv/bin/python ;;\n'
        '  *"-m pip"*) echo "pip of the new .venv" ;;\n'
        "esac"
    )

    @pytest.fixture
    def python(self, checkout: Path) -> Path:
        real = shutil.which("python3")
        return script(
            checkout / "stand-in",
            f'case "$1" in scripts/*) exec "{real}" "$@" ;; esac\n{self.PYTHON}',
        )

    def test_one_whose_python_is_gone(self, checkout: Path, python: Path) -> None:
        (checkout / ".venv" / "bin" / "python").unlink()
        (checkout / ".venv" / "bin" / "python").symlink_to(checkout / "uninstalled")
        done = make(checkout, "setup", f"PYTHON={python}")
        assert done.returncode == 0, done.stderr
        assert ".venv does not work any more and is made anew" in done.stdout
        assert "pip of the new .venv" in done.stdout

    def test_one_that_was_moved(self, checkout: Path, python: Path) -> None:
        moved = checkout.rename(checkout.with_name("moved"))
        done = make(moved, "setup", f"PYTHON={moved / python.name}")
        assert done.returncode == 0, done.stderr
        assert ".venv does not work any more and is made anew" in done.stdout
        assert "pip" not in make(moved, "--dry-run", "setup").stdout

    def test_one_that_was_half_made(self, checkout: Path, python: Path) -> None:
        (checkout / ".venv" / "installed-requirements.lock").unlink()
        (checkout / ".venv" / "left-over").touch()
        done = make(checkout, "setup", f"PYTHON={python}")
        assert done.returncode == 0, done.stderr
        assert not (checkout / ".venv" / "left-over").exists()


class TestProgramsForTests:
    """What ``.ci/setup`` does where a program is, can be had or not."""

    PROXY = "configurable-http-proxy"

    @pytest.fixture
    def commands(self, tmp_path: Path) -> Path:
        """Make a folder that holds all the programs that there are."""
        folder = tmp_path / "commands"
        folder.mkdir()
        for name in ("bash", "env", "mktemp", "rm", "tail", "timeout", "touch"):
            (folder / name).symlink_to(shutil.which(name))
        script(folder / "id", "echo 0")
        script(folder / self.PROXY, "exit 1")
        return folder

    def prepare(self, commands: Path) -> list[str]:
        """Run the script; return what it says."""
        done = subprocess.run(
            [ROOT / ".ci" / "setup"],
            env={"PATH": str(commands), "POSTGRESQL_HOME": str(commands.parent / "pg")},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert (done.returncode, done.stdout) == (0, "")
        return done.stderr.splitlines()

    def test_nothing_where_it_is_installed(self, commands: Path) -> None:
        script(commands / "initdb", "exit 1")
        script(commands / "chromium", "exit 1")
        assert self.prepare(commands) == []

    def test_only_what_is_missing_is_named(self, commands: Path) -> None:
        script(commands / "google-chrome", "exit 1")
        (line,) = self.prepare(commands)
        assert "not installed: postgresql; their tests are skipped" in line

    def test_without_apt_it_says_what_is_skipped(self, commands: Path) -> None:
        (line,) = self.prepare(commands)
        assert "no apt-get here" in line
        assert "skipped" in line

    def test_without_the_right_it_says_what_is_skipped(self, commands: Path) -> None:
        script(commands / "id", "echo 1000")
        script(commands / "sudo", "exit 1")
        script(commands / "apt-get", "exit 1")
        (line,) = self.prepare(commands)
        assert "needs root" in line

    def test_an_installation_that_fails_is_said_and_no_error(
        self, commands: Path
    ) -> None:
        script(commands / "apt-get", "echo no way there; exit 100")
        first, *last = self.prepare(commands)
        assert "installing" in first
        assert [line.partition(": ")[2].partition(" ")[0] for line in last] == [
            "postgresql",
            "chromium",
        ]
        for line in last:
            assert "cannot be installed (no way there)" in line

    def test_it_is_installed(self, commands: Path) -> None:
        bin_folder = commands.parent / "pg" / "15" / "bin"
        bin_folder.mkdir(parents=True)
        wanted = "-q install -y --no-install-recommends postgresql"
        script(commands / "chromium", "exit 1")
        script(
            commands / "apt-get", f'[ "$*" != "{wanted}" ] || touch {bin_folder}/initdb'
        )
        assert len(self.prepare(commands)) == 1
        assert (bin_folder / "initdb").exists()

    @pytest.mark.parametrize("npm", ["", "echo no way there; exit 1", "touch $PROXY"])
    def test_the_proxy_comes_with_npm(self, commands: Path, npm: str) -> None:
        for name in ("initdb", "chromium"):
            script(commands / name, "exit 1")
        proxy = commands / self.PROXY
        proxy.unlink()
        if npm:
            wanted = f"install --global --no-fund --no-audit {self.PROXY}@5.3.0"
            does = f"{npm}; chmod +x {proxy}".replace("$PROXY", str(proxy))
            (commands / "chmod").symlink_to(shutil.which("chmod"))
            script(commands / "npm", f'[ "$*" = "{wanted}" ] && {{ {does}; }}')
        said = self.prepare(commands)
        if not npm:
            assert said == [
                f".ci/setup: no npm here, not installed: {self.PROXY}; its test is "
                "skipped"
            ]
            return
        assert said[0] == f".ci/setup: installing with npm: {self.PROXY}"
        failed = [f".ci/setup: {self.PROXY} cannot be installed (no way there); its "]
        failed = [f"{line}test is skipped" for line in failed]
        assert said[1:] == ([] if npm.startswith("touch") else failed)
        assert proxy.exists() == npm.startswith("touch")

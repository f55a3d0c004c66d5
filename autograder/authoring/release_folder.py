"""Write a release into a folder, a zip file and a git repository.

All of it is made beside its destination and put in place when it is complete, so that
whatever goes wrong leaves what was there. A manifest lists the files of a release: by
it a later one knows what it may replace.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import secrets
import shutil
import stat
import subprocess
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from autograder.errors import UserError

MANIFEST = ".release.json"
"""The file of a release that lists all others with their SHA-256."""

_LEFT_BY_TOOLS = {"__pycache__", ".ipynb_checkpoints", ".DS_Store"}
_EPOCH = (1980, 1, 1, 0, 0, 0)


def with_manifest(
    files: Mapping[str, bytes], name: str, version: str
) -> dict[str, bytes]:
    """Add the manifest to the files of a release."""
    sums = {
        path: hashlib.sha256(content).hexdigest() for path, content in files.items()
    }
    note = {"name": name, "version": version, "files": sums}
    text = json.dumps(note, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    return dict(sorted({**files, MANIFEST: text.encode()}.items()))


def read_folder(folder: Path) -> dict[str, bytes]:
    """Read a release back, without ``.git`` and what tools left there."""
    found = {}
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        left = _LEFT_BY_TOOLS & set(parts) or any(
            p.endswith(".egg-info") for p in parts
        )
        if parts[0] != ".git" and not left and (path.is_file() or path.is_symlink()):
            found["/".join(parts)] = path.read_bytes() if path.is_file() else b""
    return found


def check_place(path: Path, root: Path) -> None:
    """Refuse a place among the course's own files.

    Inside the course folder a release may go below ``build`` and ``dist``, or into a
    folder of its own.

    Raises
    ------
    UserError
        `path` is the course folder, holds it, or lies in a folder of the course.
    """
    path, root = path.resolve(), root.resolve()
    if root.is_relative_to(path):
        raise UserError(f"{path} holds the course itself: name a folder outside of it")
    if not path.is_relative_to(root):
        return
    first = root / path.relative_to(root).parts[0]
    its_own = first == path and (not path.is_dir() or _is_free(path))
    if first.name not in ("build", "dist") and not its_own:
        raise UserError(
            f"{path} lies in the course's own folder '{first.name}': name another place"
        )


def _is_free(folder: Path) -> bool:
    return (folder / MANIFEST).is_file() or not any(folder.iterdir())


def check_folder(folder: Path) -> dict[str, bytes]:
    """Read what an earlier release left in `folder`; nothing where it is free.

    Raises
    ------
    UserError
        It holds something that no release wrote, or that was changed since.
    """
    if not folder.exists():
        return {}
    if not folder.is_dir():
        raise UserError(f"{folder} is not a folder")
    there = read_folder(folder)
    if MANIFEST not in there:
        others = sorted(set(there) | {p.name for p in folder.iterdir()})
        if others:
            raise UserError(
                f"{folder} holds files that are not of a release, such as "
                f"'{others[0]}': name a new or an empty folder"
            )
        return {}
    try:
        sums: dict[str, str] = json.loads(there[MANIFEST])["files"]
    except (ValueError, KeyError, TypeError):
        raise UserError(
            f"{folder / MANIFEST} cannot be read: name a new folder"
        ) from None
    for name, content in there.items():
        if name == MANIFEST:
            continue
        if name not in sums:
            what = "was not written by a release"
        elif hashlib.sha256(content).hexdigest() != sums[name]:
            what = "was changed after the release"
        else:
            continue
        raise UserError(f"'{name}' in {folder} {what}: move it away, then call again")
    return there


@contextmanager
def written(files: Mapping[str, bytes], folder: Path) -> Iterator[Path]:
    """Write files into a new folder beside `folder`; it is gone at the end.

    Yields
    ------
    Path
        The new folder, for :func:`put_in_place`.
    """
    made = [p for p in folder.parents if not p.exists()]
    fresh = folder.with_name(f".{folder.name}.{secrets.token_hex(6)}")
    try:
        for name, content in files.items():
            path = fresh / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        yield fresh
    finally:
        remove(fresh)
        for parent in made:  # the innermost first; one that is in use stays
            with contextlib.suppress(OSError):
                parent.rmdir()


def take_history(fresh: Path, folder: Path) -> None:
    """Copy the git history of `folder`, if it has one, into `fresh`."""
    history = folder / ".git"
    if history.is_dir():
        shutil.copytree(history, fresh / ".git", symlinks=True)
    elif history.exists():  # of a submodule or a further work tree
        shutil.copy2(history, fresh / ".git")


def put_in_place(fresh: Path, folder: Path) -> None:
    """Let `fresh` take the place of `folder`, with all or nothing of it."""
    if not folder.exists():
        fresh.rename(folder)
        return
    old = fresh.with_name(f"{fresh.name}.old")
    folder.rename(old)
    try:
        fresh.rename(folder)
    except BaseException:
        old.rename(folder)
        raise
    remove(old)


def remove(folder: Path) -> None:
    """Remove a folder, read-only files of git included."""
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            path.chmod(path.stat().st_mode | stat.S_IWUSR)
    shutil.rmtree(folder, ignore_errors=True)


# zip ------------------------------------------------------------------------------


def zipped(files: Mapping[str, bytes], top: str) -> bytes:
    """Return a zip file with everything below the folder `top`, the same each time."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(f"{top}/{name}", _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # Unix, on every system
            entry.external_attr = (stat.S_IFREG | 0o644) << 16
            archive.writestr(entry, content)
    return whole.getvalue()


def check_zip(path: Path) -> bytes:
    """Return the content of an earlier release's zip file; empty where there is none.

    Raises
    ------
    UserError
        Something else is there.
    """
    if not path.exists():
        return b""
    if path.is_file():
        try:
            with zipfile.ZipFile(path) as archive:
                if any(name.endswith(f"/{MANIFEST}") for name in archive.namelist()):
                    return path.read_bytes()
        except zipfile.BadZipFile:
            pass
    raise UserError(f"{path} exists and is not of a release: name another file")


@contextmanager
def written_file(content: bytes, path: Path) -> Iterator[Path]:
    """Write a file beside `path`; it is gone at the end unless it was moved."""
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(6)}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_bytes(content)
        yield fresh
    finally:
        with contextlib.suppress(OSError):
            fresh.unlink()


# git ------------------------------------------------------------------------------


def check_git(folder: Path) -> None:
    """Refuse where git is missing or a history holds commits of something else.

    Raises
    ------
    UserError
        Says which.
    """
    if shutil.which("git") is None:
        raise UserError("--git needs the program git, which is not installed")
    if (folder / ".git").exists():
        for commit in _git(folder, "rev-list", "--all").split():
            try:
                _git(folder, "cat-file", "-e", f"{commit}:{MANIFEST}")
            except UserError:
                raise UserError(
                    f"the history in {folder / '.git'} holds a commit that is not a "
                    f"release, {commit[:12]}: remove that folder for a fresh history"
                ) from None


def is_committed(folder: Path) -> bool:
    """Tell whether the last commit in `folder` holds what lies there."""
    if not (folder / ".git").exists() or not _git(folder, "rev-list", "--all"):
        return False
    return not _git(folder, "status", "--porcelain")


def commit(folder: Path, title: str, message: str) -> None:
    """Commit everything in `folder`, the first time into a history of its own."""
    if not (folder / ".git").exists():
        _git(folder, "init", "--quiet", "--template=", "--initial-branch=main")
    _git(folder, "add", "--all", "--force", ".")
    if not _git(folder, "status", "--porcelain"):
        return
    who = []
    try:
        _git(folder, "var", "GIT_COMMITTER_IDENT")
    except UserError:  # git does not know who this is
        who = ["-c", f"user.name={title}", "-c", "user.email=release@localhost"]
    _git(folder, *who, "commit", "--quiet", "--no-verify", "--message", message)


def _git(folder: Path, *words: str) -> str:
    """Run git there, whatever repository and settings of hooks are around."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("GIT_DIR")}
    for name in ("GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY"):
        environment.pop(name, None)
    settings = ["commit.gpgsign=false", "core.autocrlf=false", "core.safecrlf=false"]
    options = [part for setting in settings for part in ("-c", setting)]
    program = shutil.which("git") or "git"
    done = subprocess.run(
        [program, "-C", str(folder), *options, *words],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise UserError(f"git {words[0]} in {folder}: {reason}")
    return done.stdout.strip()

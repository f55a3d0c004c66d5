"""``release``: write the students' repository, proven clean."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

from answer_checks.language import ENGLISH
from autograder.authoring.inputs import stale_reasons
from autograder.authoring.release_files import gather, load_distribution
from autograder.authoring.release_folder import (
    check_folder,
    check_git,
    check_place,
    check_zip,
    commit,
    is_committed,
    put_in_place,
    read_folder,
    take_history,
    with_manifest,
    written,
    written_file,
    zipped,
)
from autograder.authoring.release_scan import (
    find_leaks,
    load_private,
    stale_handouts,
)
from autograder.course.course import Course, find_course
from autograder.errors import UserError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Define the options of ``release``."""
    parser.add_argument(
        "lectures",
        metavar="LECTURE",
        nargs="*",
        help="lectures that it holds (default: all of the course)",
    )
    parser.add_argument(
        "--to",
        type=Path,
        required=True,
        metavar="DIR",
        help="receives the repository: new, empty, or of an earlier release",
    )
    parser.add_argument(
        "--zip", type=Path, metavar="FILE", help="write the same as one zip file too"
    )
    parser.add_argument(
        "--language",
        default=ENGLISH.name,
        metavar="LANG",
        help=f"of the notebooks: {ENGLISH.name}, or one of 'translations' in "
        "course.toml (default: %(default)s)",
    )
    parser.add_argument(
        "--git",
        action="store_true",
        help="commit it in DIR, the first time into a fresh repository",
    )
    parser.epilog = (
        "Example: python -m autograder release --to ../handed-out lecture3 --git. "
        "An answer or a hidden test in what students would get ends it with 1."
    )


def run(args: argparse.Namespace) -> int:
    """Write the release; 1 if something private would be in it."""
    course = find_course()
    root = course.root
    chosen = _chosen(course, args.lectures, args.language)
    distribution = load_distribution(course)
    folder, file = _places(root, args.to, args.zip)
    old, old_zip = check_folder(folder), check_zip(file) if file else b""
    if args.git:
        check_git(folder)
    language = "" if args.language == ENGLISH.name else args.language
    private = load_private(course, language)
    files = gather(course, distribution, chosen, language)
    _complete(course, chosen, files)
    stale = [*stale_handouts(files, private), *stale_reasons(course)]
    if stale:
        raise UserError(
            f"{stale[0]} is not what its source makes of it: run "
            "`python -m autograder build`, then call again"
        )
    files = with_manifest(files, distribution.name, distribution.version)
    try:
        with ExitStack() as stack:
            fresh = stack.enter_context(written(files, folder))
            leaks = find_leaks(read_folder(fresh), private)
            if leaks:
                print("\n".join(f"leak: {leak}" for leak in leaks), file=sys.stderr)
                print("Students would get this: nothing was written.", file=sys.stderr)
                return 1
            take_history(fresh, folder)
            if args.git:
                commit(fresh, distribution.name, f"Release {', '.join(chosen)}")
            content = zipped(files, distribution.name)
            if file and content != old_zip:
                fresh_file = stack.enter_context(written_file(content, file))
            if old != files or (args.git and not is_committed(folder)):
                put_in_place(fresh, folder)
                print(f"Wrote {len(files)} files for students into {folder}")
            else:
                print(f"{folder} is up to date")
            if file and content != old_zip:
                fresh_file.replace(file)
                print(f"Wrote {file}")
    except OSError as error:
        where = error.filename or folder
        raise UserError(f"{where}: {error.strerror or error}; no release") from None
    return 0


def _chosen(course: Course, wanted: Sequence[str], language: str) -> list[str]:
    """Return the lectures to release, in the course's order, each once."""
    languages = (ENGLISH.name, *course.translations)
    if language not in languages:
        raise UserError(
            f"no notebooks in the language '{language}'; there are: "
            f"{', '.join(languages)}"
        )
    known = course.lectures
    for lecture in wanted:
        if lecture not in known:
            raise UserError(
                f"no lecture '{lecture}' in this course; there are: {', '.join(known)}"
            )
    return [lecture for lecture in known if lecture in wanted or not wanted]


def _complete(
    course: Course, lectures: Sequence[str], files: Mapping[str, bytes]
) -> None:
    """Refuse where a notebook of the lectures is not there in the chosen language."""
    for lecture in lectures:
        for path in sorted((course.root / "notebooks" / lecture).glob("*.ipynb")):
            if f"notebooks/{lecture}/{path.name}" not in files:
                raise UserError(
                    f"{lecture}/{path.stem} is not translated: "
                    "`python -m autograder build` says what its catalogue lacks"
                )


def _places(root: Path, to: Path, zip_file: Path | None) -> tuple[Path, Path | None]:
    """Return where to write, or say why not there."""
    folder = to.expanduser().resolve()
    check_place(folder, root)
    if zip_file is None:
        return folder, None
    file = zip_file.expanduser().resolve()
    if file.is_relative_to(folder):
        raise UserError(f"{file} lies in {folder}: write it beside that folder")
    check_place(file, root)
    return folder, file

"""The command line: ``python -m autograder COMMAND``."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from autograder import __version__
from autograder.errors import UserError
from autograder.start_up import without_address_grammar

# Each module offers ``add_arguments(parser)`` and ``run(args) -> exit code``; it is
# imported only when its command is called.
COMMANDS = {
    "build": ("autograder.authoring.command", "make the notebooks from their sources"),
    "translations": (
        "autograder.commands.translations",
        "bring the translators' catalogues up to date",
    ),
    "check": ("autograder.commands.check", "prove that the grader grades rightly"),
    "release": ("autograder.commands.release", "write what students get, proven clean"),
    "collect": ("autograder.commands.collect", "get submissions from platforms in"),
    "grade": ("autograder.commands.grade", "grade a lecture of a class"),
    "report": ("autograder.commands.report", "write tables, feedback and report again"),
    "publish": ("autograder.commands.publish", "copy feedback to where students read"),
    "export": ("autograder.commands.export", "write what a platform's gradebook takes"),
    "demo": ("autograder.commands.demo", "make a small class and grade it"),
    "changes": ("autograder.commands.changes", "say what students see differently"),
    "ci": ("autograder.commands.ci", "do all that a course's CI asks"),
    "doctor": ("autograder.commands.doctor", "say what this machine can do"),
}
DONE, FELL_SHORT, WRONG_USE, INTERRUPTED = 0, 1, 2, 130


class Parser(argparse.ArgumentParser):
    """A parser whose errors are one line."""

    def error(self, message: str) -> None:  # type: ignore[override]
        """Say what is wrong, in one line, and end with 2."""
        self.exit(WRONG_USE, f"{self.prog}: {message}; see {self.prog} --help\n")


class PrintCompletion(argparse.Action):
    """Prints what lets a shell complete commands and options, and ends."""

    def __call__(self, parser: argparse.ArgumentParser, *given: object) -> None:
        """Load every command's options, once; a shell that has them needs no Python."""
        try:
            shtab = importlib.import_module("shtab")
        except ImportError:
            parser.error("completion needs the package shtab: pip install shtab")
        *_, shell, _ = given
        whole = make_parser(*COMMANDS, prog="autograder")
        print(shtab.complete(whole, shell=shell))
        parser.exit(DONE)


def complete_files(parser: argparse.ArgumentParser) -> None:
    """Let a shell offer files wherever an argument is a path."""
    for action in parser._actions:
        if action.type is Path:
            # What shtab calls files, in its own words for each shell.
            action.complete = {  # type: ignore[attr-defined]
                "bash": "_shtab_compgen_files",
                "zsh": "_files",
            }


def make_parser(*loaded: str | None, prog: str = "python -m autograder") -> Parser:
    """Return the parser; the options of `loaded` commands alone are in it."""
    parser = Parser(
        prog=prog,
        description="Build the notebooks of the course, grade a class, report.",
    )
    parser.add_argument("--version", action="version", version=__version__)
    parser.add_argument(
        "--print-completion",
        choices=("bash", "zsh"),
        action=PrintCompletion,
        help="write what completes commands and options in this shell, and end",
    )
    commands = parser.add_subparsers(
        dest="command", metavar="COMMAND", required=True, parser_class=Parser
    )
    for name, (module, words) in COMMANDS.items():
        sub = commands.add_parser(
            name, help=words, description=words.capitalize() + "."
        )
        if name in loaded:
            importlib.import_module(module).add_arguments(sub)
            complete_files(sub)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code.

    Returns
    -------
    int
        0 done, 1 a check fell short, 2 wrong use or a broken environment, 130 stopped
        by Ctrl-C.
    """
    if sys.version_info < (3, 11):  # noqa: UP036 - said in words, not by a traceback
        print("autograder needs Python 3.11 or newer", file=sys.stderr)
        return WRONG_USE
    words = list(sys.argv[1:] if argv is None else argv)
    command = next((w for w in words if w in COMMANDS), None)
    try:
        with without_address_grammar():
            args = make_parser(command).parse_args(words)
            code = importlib.import_module(COMMANDS[args.command][0]).run(args)
        return int(code)
    except SystemExit as stop:
        return int(stop.code or 0)
    except UserError as error:
        print(f"autograder {command}: {error}", file=sys.stderr)
    except KeyboardInterrupt:
        print(
            f"autograder {command}: stopped; what was done is kept, the next call "
            "goes on from there",
            file=sys.stderr,
        )
        return INTERRUPTED
    except BrokenPipeError:
        # The reader has gone; what Python flushes at exit must not complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except OSError as error:
        what = f"{error.filename}: " if error.filename else ""
        print(
            f"autograder {command}: {what}{error.strerror or error}; what was "
            "done is kept, call again when that is mended",
            file=sys.stderr,
        )
    return WRONG_USE

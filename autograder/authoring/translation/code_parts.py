"""Find what people read in a code cell: comments, docstrings, texts that are shown.

The code itself is that of the English edition. A text that is shown is an argument of a
call, named by a rule: ``"set_title:0"`` is the first argument of every call of a
``set_title``, ``"*:label"`` the argument ``label`` of any call, ``"print:*"`` each
argument of a ``print`` that has no name.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Callable, Iterator, Sequence

from answer_checks.columns import wrapped
from answer_checks.parsing import parse_python
from autograder.authoring.regions import HIDDEN, SOLUTION, find_regions
from autograder.authoring.translation.docstring_parts import docstring_parts
from autograder.authoring.translation.part import Part, has_prose

SHOWN = (
    # matplotlib's
    *(f"{name}:0" for name in ("set_title", "set_xlabel", "set_ylabel", "suptitle")),
    *(f"*:{name}" for name in ("title", "xlabel", "ylabel", "label")),
    *("text:2", "annotate:0", "set_text:0"),
    # Python's
    "print:*",
    # the visible checks'
    *("numbers:0", "equal:2", "true:1", "true:2", "true:step", "*:hint"),
)
"""The rules of every course; a course adds its own as ``shown`` in ``course.toml``."""

_FOR_MACHINES = re.compile(r"#+ *(fmt:|noqa|type:|%%|BEGIN |END |YOUR CODE)")
_WIDTH = 88


def code_parts(source: str, shown: Sequence[str] = ()) -> list[Part]:
    r"""List the parts of a code cell, in order; none of an answer or a hidden test.

    Parameters
    ----------
    source : str
        The cell's text. One that is not Python alone has no parts.
    shown : sequence of str
        Rules beside those in `SHOWN`.

    Examples
    --------
    >>> cell = 'x = f(w)  # the score\nax.set_title(f"Loss at {x:.1f}")'
    >>> for part in code_parts(cell):
    ...     print(part.kind, repr(part.text))
    comment 'the score'
    shown text 'Loss at {x:.1f}'
    """
    try:
        tree = parse_python(source)
        comments = list(_comments(source))
    except (SyntaxError, tokenize.TokenError):
        return []
    lines = source.split("\n")
    places = _Places(lines)
    found = [*comments, *_docstrings(tree, places), *_shown(tree, places, shown)]
    regions = [r for what in (SOLUTION, HIDDEN) for r in find_regions(lines, what)[0]]
    hidden = [(places.start(r.begin), places.start(r.end)) for r in regions]
    return sorted(
        (
            part
            for part in found
            if has_prose(part.text)
            and not any(begin <= part.begin < end for begin, end in hidden)
        ),
        key=lambda part: part.begin,
    )


class _Places:
    """Turns lines and columns of a syntax tree into places in the text."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.text = "\n".join(lines)
        self.starts = [0]
        for line in lines:
            self.starts.append(self.starts[-1] + len(line) + 1)

    def start(self, index: int) -> int:
        """Give where the line `index`, from 0, begins."""
        return self.starts[index]

    def span(self, node: ast.expr) -> tuple[int, int]:
        """Give where a node begins and ends, in characters."""
        last, column = node.end_lineno, node.end_col_offset
        begin = self._place(node.lineno, node.col_offset)
        return begin, self._place(last or node.lineno, column or node.col_offset)

    def _place(self, line: int, column: int) -> int:
        """Turn a line from 1 and a column in bytes into a place."""
        before = self.lines[line - 1].encode()[:column].decode()
        return self.starts[line - 1] + len(before)


def _comments(source: str) -> Iterator[Part]:
    """Yield comments; lines of one comment that follow each other are one part."""
    lines = source.split("\n")
    starts = _Places(lines).starts
    block: list[tuple[int, int, str]] = []  # line, column, text
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    for token in tokens:
        if token.type != tokenize.COMMENT or _FOR_MACHINES.match(token.string):
            continue
        (row, column), text = token.start, token.string.lstrip("#")
        alone = not lines[row - 1][:column].strip()
        if block and not (
            alone
            and block[-1][:2] == (row - 1, column)
            and not text.startswith("  ")
            and text.strip()
        ):
            yield _comment(block, starts)
            block = []
        if text.strip():
            block.append((row, column, text.strip()))
            if not alone:
                yield _comment(block, starts)
                block = []
    if block:
        yield _comment(block, starts)


def _comment(block: list[tuple[int, int, str]], starts: list[int]) -> Part:
    (first, column, _), (last, _, _) = block[0], block[-1]
    begin = starts[first - 1] + column
    end = starts[last] - 1
    text = " ".join(text for _, _, text in block)
    if len(block) == 1:
        return Part(begin, end, text, "comment", lambda said: f"# {said}")
    margin = " " * column

    def render(said: str) -> str:
        return f"\n{margin}".join(
            f"# {line}" for line in wrapped(said, _WIDTH - column - 2)
        )

    return Part(begin, end, text, "comment", render)


def _docstrings(tree: ast.Module, places: _Places) -> Iterator[Part]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.FunctionDef | ast.ClassDef) or not node.body:
            continue
        first = node.body[0]
        if (
            isinstance(first, ast.Expr)
            and isinstance(first.value, ast.Constant)
            and isinstance(first.value.value, str)
        ):
            begin, end = places.span(first.value)
            yield from docstring_parts(places.text[begin:end], begin, node.name)


def _shown(tree: ast.Module, places: _Places, shown: Sequence[str]) -> Iterator[Part]:
    rules = {*SHOWN, *shown}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        arguments = [
            *(({str(place), "*"}, value) for place, value in enumerate(node.args)),
            *(({word.arg or ""}, word.value) for word in node.keywords),
        ]
        for keys, value in arguments:
            if any(f"{who}:{key}" in rules for who in (name, "*") for key in keys):
                for text in _texts(value):
                    begin, end = places.span(text)
                    column = begin - places.start(text.lineno - 1)
                    yield Part(
                        begin, end, _text(text), "shown text", _literal(text, column)
                    )


def _texts(value: ast.expr) -> Iterator[ast.Constant | ast.JoinedStr]:
    """Yield the strings that an argument is: one, or one of two, or a list of them."""
    if isinstance(value, ast.JoinedStr) or (
        isinstance(value, ast.Constant) and isinstance(value.value, str)
    ):
        yield value
    elif isinstance(value, ast.IfExp):
        yield from _texts(value.body)
        yield from _texts(value.orelse)
    elif isinstance(value, ast.List | ast.Tuple):
        for one in value.elts:
            yield from _texts(one)


def _text(node: ast.Constant | ast.JoinedStr) -> str:
    """Return what a string says; what an f-string fills in stands in braces."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    said = ""
    for value in node.values:
        if isinstance(value, ast.FormattedValue):
            said += _filled_in(value)
        elif isinstance(value, ast.Constant):
            said += str(value.value).replace("{", "{{").replace("}", "}}")
    return said


def _filled_in(value: ast.FormattedValue) -> str:
    conversion = f"!{chr(value.conversion)}" if value.conversion > 0 else ""
    spec = f":{_text(value.format_spec)}" if value.format_spec else ""  # type: ignore[arg-type]
    return f"{{{ast.unparse(value.value)}{conversion}{spec}}}"


def _literal(node: ast.Constant | ast.JoinedStr, column: int) -> Callable[[str], str]:
    """Write a text as a string in code, over several lines if it stood so."""
    mark = "f" if isinstance(node, ast.JoinedStr) else ""
    several = node.end_lineno != node.lineno

    def render(said: str) -> str:
        # Between the words of one sentence only: an f-string's values stay whole.
        if several and not mark:
            pieces = wrapped(said, _WIDTH - column - 3)
            pieces = [f"{piece} " for piece in pieces[:-1]] + pieces[-1:]
        else:
            pieces = [said]
        return f"\n{' ' * column}".join(mark + _quoted(piece) for piece in pieces)

    return render


def _quoted(text: str) -> str:
    escapes = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}
    inside = False  # of the braces of an f-string, where nothing may be escaped
    written = ""
    for sign in text:
        written += sign if inside else escapes.get(sign, sign)
        inside = (inside or sign == "{") and sign != "}"
    return f'"{written}"'

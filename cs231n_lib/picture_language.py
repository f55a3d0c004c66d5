"""What stands in pictures, in the language that is set.

Cells and this library name what they draw in English, as all code does: lines in a
legend, bars, tiles, titles made of numbers. Where a picture is shown, its texts are
looked up in the catalogue of the language, ``pictures/<language>.po``; what that does
not hold stays as it is.
"""

from __future__ import annotations

from functools import cache
from itertools import count
from pathlib import Path

from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.ticker import FixedLocator

from answer_checks.columns import wrapped
from answer_checks.language import language
from answer_checks.messages import Messages

CATALOGUES = Path(__file__).with_name("pictures")


def say(text: str) -> str:
    """Return what stands in a picture, in the language that is set.

    Parameters
    ----------
    text : str
        In English. Lines are looked up each by itself, and where one of them is not
        found, all of them together.

    Examples
    --------
    >>> say("loss")
    'loss'
    """
    messages = _messages(language().code)
    lines = text.split("\n")
    found = [messages.say(line) for line in lines]
    if len(lines) > 1 and any(map(str.__eq__, lines, found)):
        whole = " ".join(lines)
        said = messages.say(whole)
        if said != whole:
            width = next(w for w in count(1) if len(wrapped(said, w)) <= len(lines))
            return "\n".join(wrapped(said, width))
    return "\n".join(found)


def translate(figure: Figure) -> None:
    """Put all texts of a figure into the language that is set.

    Parameters
    ----------
    figure : Figure
        Changed in place; to do so twice changes nothing more.
    """
    if not _messages(language().code).files:
        return
    for axis in figure.findobj(Axis):
        # The labels of ticks are made anew whenever they are drawn.
        formatter = axis.get_major_formatter()
        if isinstance(axis.get_major_locator(), FixedLocator):
            labels = formatter.format_ticks(list(axis.get_majorticklocs()))
            said = [say(label) for label in labels]
            if said != labels:
                axis.set_ticklabels(said)
    for text in figure.findobj(Text):
        text.set_text(say(text.get_text()))


@cache
def _messages(code: str) -> Messages:
    file = CATALOGUES / f"{code}.po"
    return Messages((file,)) if file.is_file() else Messages()

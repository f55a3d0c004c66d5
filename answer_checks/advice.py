"""What a failed check says beside the difference: a likely reason and a next step.

The visible checks of the notebooks and the feedback of the grader share these words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Advice:
    """What to say of a kind of failure where nothing nearer is known.

    Attributes
    ----------
    likely : str
        A likely reason, without a final full stop; may be empty.
    step : str
        What to look at next, without a final full stop.
    """

    likely: str
    step: str


ADVICE: Mapping[str, Advice] = {
    "type": Advice(
        "", "compare what the function returns with what the exercise asks for"
    ),
    "shape": Advice("", "print the shape of each array in the line that makes it"),
    "finite": Advice(
        "a division by zero, an overflow, or the logarithm of zero",
        "look for the first line whose result is not finite",
    ),
    "value": Advice(
        "", "work a small case by hand and print each intermediate result beside it"
    ),
    "key": Advice("", "take the keys from the answer cell as they stand"),
    "inputs": Advice(
        "`x[...] =` and `x +=` write into the caller's array",
        "look for the line of yours that does so",
    ),
    "loops": Advice(
        "",
        "say the same with whole arrays: indexing, sums along an axis, matrix products",
    ),
}

# What is said of numbers that are right but for their sign, and why they may be.
TURNED = "has the right size but the wrong sign"
SIGN = Advice(
    "a minus sign is lost on the way, or there is one too many",
    "follow the sign through each factor that it is made of",
)

# Where a function is given a generator of random numbers and leaves it as it was.
UNDRAWN = Advice(
    "nothing is drawn from the generator that is handed in",
    "call the methods of `rng`, whatever is drawn; then the same seed gives the same "
    "result",
)

# Next steps where no comparison fell short.
STEPS: Mapping[str, str] = {
    "condition": (
        "print what the check looks at, and follow it back to the line that makes it"
    ),
    "gradient": (
        "work out the loss and this one slope by hand: either may be the wrong one"
    ),
    "form": "give each key a value of the kind that the question asks for",
    "function": "define it with def in the answer cell",
    "signature": "keep the signature that the exercise gives",
    "printed": "put return where the last print stands",
    "unanswered": (
        "write the answer in the cell above, run it, then run this one again"
    ),
}


def advice_for(kind: str, what: str) -> Advice:
    """Return what to say of a kind of failure, and of what differs.

    Examples
    --------
    >>> advice_for("value", "dx: is too large") is ADVICE["value"]
    True
    >>> advice_for("value", f"dx: {TURNED}") is SIGN
    True
    """
    if TURNED in what:
        return SIGN
    return ADVICE.get(kind, Advice("", ""))


def sentence(text: str) -> str:
    """End `text` with a full stop where it has no end.

    Examples
    --------
    >>> sentence("dW: is transposed"), sentence("is it filled in?")
    ('dW: is transposed.', 'is it filled in?')
    """
    return text if text.endswith((".", "?", "!")) else f"{text}."


def changes(name: str, argument: str = "") -> str:
    """Say that a function changes an argument of its caller.

    Examples
    --------
    >>> changes("relu", "x")
    'relu changes its argument x; work on a copy'
    >>> changes("relu")
    'relu changes one of its arguments; work on a copy'
    """
    which = f"its argument {argument}" if argument else "one of its arguments"
    return f"{name} changes {which}; work on a copy"

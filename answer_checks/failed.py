"""What a visible check raises where an answer falls short."""

from __future__ import annotations

from answer_checks.advice import sentence
from answer_checks.language import in_language


class CheckFailed(AssertionError):  # noqa: N818 - a verdict, not a fault
    """A visible check that fell short; Jupyter shows its message alone.

    Parameters
    ----------
    what : str
        What differs.
    reason, step : str
        A likely reason and what to look at next; a missing full stop is added.
    """

    def __init__(self, what: str, reason: str = "", step: str = "") -> None:
        self.what = what
        lines = [what]
        if reason:
            lines.append(f"Likely reason: {sentence(reason)}")
        if step:
            lines.append(f"Next step: {sentence(step)}")
        super().__init__(in_language("\n".join(lines)))

    def _render_traceback_(self) -> list[str]:
        return str(self).splitlines()[:5]


class NotAnswered(CheckFailed):
    """An exercise that is not answered yet, so that nothing was compared."""

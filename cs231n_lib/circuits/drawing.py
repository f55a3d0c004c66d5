"""A drawn circuit: a picture where Jupyter shows one, else text."""

from __future__ import annotations

import base64
from html import escape

from answer_checks.language import in_language
from cs231n_lib import plots
from cs231n_lib.circuits.labels import Labels
from cs231n_lib.circuits.picture import as_svg
from cs231n_lib.circuits.words import as_sentence, as_table


class Drawing:
    """A circuit with its numbers: SVG where Jupyter shows it, else text.

    Made by :meth:`cs231n_lib.circuits.Circuit.draw`.
    """

    def __init__(self, labels: Labels) -> None:
        self.labels = labels

    def __repr__(self) -> str:
        """Return the numbers as a table: what nbval compares."""
        return as_table(self.labels)

    @property
    def svg(self) -> str:
        """The drawing as a document of its own."""
        return as_svg(self.labels)

    def _repr_svg_(self) -> str:
        return self.svg

    def _repr_html_(self) -> str:
        """Return the drawing at its own size, scrolling where it is wider than a page.

        Jupyter prefers this to the SVG. Exported pages shrink a bare SVG to their width
        and give it no text alternative.
        """
        words = escape(in_language(self.text))
        data = base64.b64encode(self.svg.encode()).decode()
        return (
            '<div style="overflow-x: auto"><img style="max-width: none" '
            f'alt="{words}" src="data:image/svg+xml;base64,{data}"></div>'
        )

    @property
    def text(self) -> str:
        """The drawing in words, node by node."""
        return as_sentence(self.labels)

    def describe(self) -> None:
        """Print the text alternative, as :func:`cs231n_lib.plots.show` does."""
        plots.say(self.text)

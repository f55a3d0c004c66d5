"""The step by which nbconvert shows only what is clean, whoever wrote the notebook.

``nbgrader_config.py`` names it, so that formgrader and nbgrader's feedback take it: a
notebook that another engine graded, or an earlier version of this one, is shown as
safely as one that we wrote.
"""

from __future__ import annotations

from html import escape
from typing import Any

import nbformat
from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode
from traitlets import Bool

from autograder.cleaning.notebook import clean_notebook

# What formgrader's page says of a student; its template escapes none of it.
NAMES = ("student", "last_name", "first_name", "notebook_path")


class CleanNotebook(Preprocessor):
    """Clean a notebook and the names that its page shows."""

    enabled = Bool(True).tag(config=True)

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Return the clean notebook, and the resources with their names escaped."""
        for name in NAMES:
            if isinstance(resources.get(name), str):
                resources[name] = escape(resources[name])
        return nbformat.from_dict(clean_notebook(nb)), resources

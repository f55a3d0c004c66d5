"""A plugin of pytest: hold the stored pictures of a notebook to fresh ones.

nbval compares texts and leaves pictures out. With ``-p
autograder.authoring.nbval_pictures`` beside ``--nbval``, a cell whose pictures are
others than the stored ones fails too. What a picture is compared by is in
:mod:`answer_checks.pictures`.
"""

from __future__ import annotations

from collections.abc import Generator

import pytest

from answer_checks.pictures import same_pictures

SAID = "the pictures of this cell are not those that the notebook stores"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Compare the pictures of a cell that nbval has run and found right."""
    result = yield
    cell = getattr(item, "cell", None)
    fresh = getattr(item, "test_outputs", None)
    if cell is None or fresh is None or cell.execution_count is None:
        return result
    if item.options["check"] and not same_pictures(cell.outputs, fresh):  # type: ignore[attr-defined]
        pytest.fail(SAID, pytrace=False)
    return result

"""``check`` finds nothing in the committed course."""

from pathlib import Path

import pytest

from autograder import cli
from autograder.course.handout import lectures

pytestmark = [pytest.mark.slow, pytest.mark.long]

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("lecture", lectures(ROOT))
@pytest.mark.usefixtures("sandbox")  # skips where no sandbox can be had
def test_the_committed_course_holds(lecture, monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    code = cli.main(["check", lecture, "--seeds", "1"])
    said = capsys.readouterr().out.splitlines()
    assert code == 0, said
    assert len(said) == len(list((ROOT / "solutions" / lecture).glob("*.ipynb")))
    assert all(line.startswith("ok    ") for line in said)

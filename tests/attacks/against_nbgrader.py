"""See which programs succeed against nbgrader alone, and write it down.

``python -m tests.attacks.against_nbgrader STYLE [PROGRAM ...]`` grades an honest
notebook and the programs, by default all that have not succeeded yet, with tests of one
style. It notes the outcome in ``against_nbgrader.json``, from which the table of the
README is made. One program takes about 15 seconds.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from autograder.course.exercises import get
from autograder.course.handout import load_handouts
from tests.attacks import conftest as programs
from tests.attacks import plain_nbgrader as plain

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
RESULTS = HERE / "against_nbgrader.json"


def success(attack: Any, outcome: Any, honest: dict[str, float]) -> str:
    """Say in which way a program succeeded; empty where it did not."""
    if outcome.stopped:
        return "stops the run"
    for exercise, (_, most) in attack.expects.items():
        if outcome.scores.get(exercise, 0.0) > most:
            return "earns points"
    if "ESCAPED" in outcome.printed:
        return "gets out"
    if "FOUND" in outcome.printed:
        return "finds out"
    if attack.name.startswith("leaks") and any(
        digits in outcome.printed for digits in plain.TOLD
    ):
        return "is told inputs"
    for exercise, score in honest.items():
        if exercise not in attack.expects and outcome.scores[exercise] < score:
            return "costs other exercises"
    return ""


class Trial:
    """The course in one style, with its honest notebook and grade."""

    def __init__(self, style: str, folder: Path) -> None:
        right = get("l3_svm_predict_then_run").reference_names["svm_answers"]
        folder.mkdir()
        self.course = plain.PlainCourse(ROOT, folder, style, right)
        self.texts = programs.honest_texts(load_handouts(ROOT, "lecture3")[0])
        self.honest = self.course.grade("honest", self.notebook([]))
        assert sum(self.honest.scores.values()) == 18, self.honest

    def notebook(self, cells: list[tuple[str, str]]) -> dict[str, Any]:
        """Return an honest notebook with the cells of a program."""
        notebook = json.loads(json.dumps(self.course.notebook))
        for cell in notebook["cells"]:
            grade_id = (cell["metadata"].get("nbgrader") or {}).get("grade_id")
            cell["source"] = self.texts.get(grade_id, cell["source"])
        return programs.put(notebook, cells)

    def run(self, attack: Any) -> tuple[str, str]:
        """Grade one program; say in which way it succeeded, and why a run stopped."""
        student = attack.name.replace("/", "-")
        outcome = self.course.grade(student, self.notebook(attack.cells))
        return success(attack, outcome, self.honest.scores), outcome.stopped


def main(style: str, names: list[str]) -> None:
    """Try the programs that are named, or all that have not succeeded, in one style."""
    known = json.loads(RESULTS.read_text("utf-8")) if RESULTS.exists() else {}
    wanted = [
        attack
        for attack in programs.all_attacks()
        if attack.name in names or not (names or known.get(attack.name, {}).get("what"))
    ]
    with tempfile.TemporaryDirectory(prefix="plain-") as folder:
        trial = Trial(style, Path(folder) / style)
        for attack in wanted:
            what, why = trial.run(attack)
            known = json.loads(RESULTS.read_text("utf-8"))  # others may write it too
            known[attack.name] = {"what": what, "style": style if what else ""}
            print(f"{style:9} {attack.name:40} {what or 'no'} {why}", flush=True)
            RESULTS.write_text(json.dumps(known, indent=1, sort_keys=True) + "\n")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])

"""Each program of this folder gets the verdict that is written in it."""

from __future__ import annotations

import json

from autograder.sandbox.limits import Limits
from autograder.sandbox.session import Sandbox


def printed(judgement):
    return "".join(
        str(output.get("text", "")) + json.dumps(output.get("data", {}))
        for cell in judgement.graded["cells"]
        for output in cell.get("outputs", [])
    )


def test_the_verdict_is_the_one_written_in_it(attack, build, grade, as_honest, svm):
    judgement = grade(build(attack))
    text = printed(judgement)
    assert "ESCAPED" not in text
    assert "FOUND" not in text
    assert attack.prints in text
    if attack.others == "as honest":
        as_honest(judgement, but=attack.expects)
        return
    for verdict in judgement.verdicts:
        statuses, score = attack.expects.get(verdict.exercise, (None, None))
        if statuses:
            assert verdict.status in statuses
            assert verdict.score == score
        assert verdict.score <= verdict.max_score
    # It spoils its own notebook: nothing but that.
    as_honest(grade(build(None)))


def test_without_the_sandbox_it_succeeds(opened):
    """What stops these programs is the sandbox: without it they do what they try."""
    text = []
    with Sandbox("none") as box, box.session(Limits()) as session:
        for _, source in opened.cells:
            outputs, _ = session.cell(source, 0, 20.0)
            text += [str(output) for output in outputs]
    assert "ESCAPED" in "".join(text) or "FOUND" in "".join(text)

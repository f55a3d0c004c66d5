"""A judgement to show, and one that attacks whoever looks at it."""

import base64

import pytest

from autograder.verdict import CheckResult, Judged, Judgement, Verdict
from tests.chromium import dump_dom, program

PNG = base64.b64encode(
    bytes.fromhex(
        "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
        "1f15c4890000000d49444154789c6360606060000000050001a5f64540"
        "0000000049454e44ae426082"
    )
).decode()
# What would run if it were left as it is: each sets the title of the page.
RUN = "document.title='ran'"
ATTACKS = (
    f"<script>{RUN}</script>",
    f'<img src=x onerror="{RUN}">',
    f'<svg onload="{RUN}"><script>{RUN}</script></svg>',
    f'<math><mtext><mglyph><style><img src=x onerror="{RUN}"></style></mglyph></mtext>',
    f'<iframe srcdoc="<script>parent.{RUN}</script>"></iframe>',
    f'<details open ontoggle="{RUN}"><summary>x</summary></details>',
    f'<body onload="{RUN}">',
    f"</title></style></pre></div></main><script>{RUN}</script>",
    f'<a href="javascript:{RUN}" id=click>click</a>',
    '<meta http-equiv="refresh" content="0;url=data:text/html,x">',
    '<base href="https://example.org/">',
    '<link rel="stylesheet" href="https://example.org/style.css">',
    '<form action="https://example.org"><input name=q><button>send</button></form>',
    '<div class="result full" style="position:fixed">20 of 20 points</div>',
)


def code(source="", outputs=(), grade_id="", grade=False, tags=()):
    metadata = {"tags": list(tags)}
    if grade_id:
        metadata["nbgrader"] = {"grade_id": grade_id, "grade": grade}
    return {
        "cell_type": "code",
        "metadata": metadata,
        "source": source,
        "outputs": list(outputs),
        "execution_count": 1,
    }


def text(source, grade_id="", grade=False):
    return code(source, (), grade_id, grade) | {"cell_type": "markdown"}


def printed(words, name="stdout"):
    return {"output_type": "stream", "name": name, "text": words}


def shown(**data):
    names = {
        "plain": "text/plain",
        "html": "text/html",
        "svg": "image/svg+xml",
        "png": "image/png",
        "markdown": "text/markdown",
        "latex": "text/latex",
    }
    return {
        "output_type": "display_data",
        "data": {names[key]: value for key, value in data.items()},
        "metadata": {},
    }


def notebook(*cells):
    return {"cells": list(cells), "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


@pytest.fixture
def judged():
    """A notebook with an exercise of almost every status."""
    failed = CheckResult("an array", 1, 0, "value", "twice: has the wrong sign")
    graded = notebook(
        text("# Small\n\nDouble it: $y = 2x$."),
        code("def double(x):\n    return -2 * x", grade_id="t_double"),
        code("print(double(1.5))", [printed("-3.0\n")], "t_double_test", grade=True),
        code("triple(2)", [], "t_triple_test", grade=True),
        code("draw()", [shown(png=PNG, plain="<Figure>")], "t_demo", tags=["demo"]),
        text("Because.", "t_question", grade=True),
    )
    verdicts = [
        Verdict(
            "t_double",
            1,
            2,
            "partial",
            [CheckResult("a number", 1, 1), failed],
            note="seen by the instructor alone",
        ),
        Verdict(
            "t_triple",
            0,
            1,
            "unanswered",
            [CheckResult("a number", 1, 0, "unanswered", "triple is not answered yet")],
        ),
        Verdict("t_question", 0, 2, "manual"),
    ]
    judgement = Judgement(
        "test/01_small", verdicts, ["cell t_double was moved"], stale=[2]
    )
    return Judged(judgement, graded)


@pytest.fixture
def judgement(judged):
    """What was found in it."""
    return judged.judgement


@pytest.fixture
def hostile():
    """A notebook each of whose texts tries to run script in the page."""
    cells = []
    for attack in ATTACKS:
        cells += [
            text(attack),
            text(f"text {attack} and [a link](javascript:{RUN})"),
            text(f"$\\text{{{attack}}}$ and $\\href{{javascript:{RUN}}}{{x}}$"),
            code(
                attack,
                [
                    printed(attack),
                    printed(attack, "stderr"),
                    shown(html=attack, plain=attack),
                    shown(
                        svg=f"<svg xmlns='http://www.w3.org/2000/svg'>{attack}</svg>"
                    ),
                    shown(png=f'"><img src=x onerror="{RUN}">', plain=attack),
                    shown(png=PNG, plain=f'">{attack}'),
                    shown(markdown=attack),
                    shown(latex=attack),
                    {
                        "output_type": "error",
                        "ename": attack,
                        "evalue": attack,
                        "traceback": [f"\x1b[31m{attack}\x1b[0m"],
                    },
                ],
            ),
        ]
    attack = "".join(ATTACKS)
    verdict = Verdict(
        "t_double",
        0,
        2,
        "wrong",
        [CheckResult(attack, 2, 0, "error", attack)],
        hint=attack,
        misconceptions=[attack],
        note=attack,
    )
    cells.append(code(attack, [], "t_double_test", grade=True))
    judgement = Judgement("test/01_small", [verdict], [attack], stale=[0])
    return Judged(judgement, notebook(*cells))


HOSTILE_NAME = f"x\n\u202eeman\x1b[31m\"'><script>{RUN}</script>" + "y" * 300


@pytest.fixture(scope="session")
def browse(tmp_path_factory):
    """Return a function that opens a page in a browser and returns its elements."""
    if program() is None:
        pytest.skip("no chromium on this machine")
    folder = tmp_path_factory.mktemp("browser")

    def dump(page):
        path = folder / "page.html"
        path.write_text(page, "utf-8")
        budget = "--virtual-time-budget=2000"
        return dump_dom(path.as_uri(), folder / "profile", budget)

    return dump

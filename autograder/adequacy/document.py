"""Write what was measured as the page ``docs/test-adequacy.md``."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

from answer_checks.compare import ATOL, RTOL
from autograder.adequacy.measure import SEEDS, Adequacy
from autograder.adequacy.visible import Visible

PAGE = Path("docs", "test-adequacy.md")
COLUMNS = (
    "exercise",
    "checks",
    "misconceptions",
    "variants",
    "mutants",
    "refused",
    "equivalent",
    "false accepts",
    "false rejects",
)
VISIBLE_COLUMNS = (
    "exercise",
    "misconceptions",
    "refused visibly",
    "named",
    "named wrongly",
    "right answers refused",
    "right answers with a reason",
)
ERROR_COLUMNS = (
    "exercise",
    "right variants",
    "the same in single precision",
    "nearest misconception",
    "which",
)
NOT_APPLICABLE = "-"
EXACT = 1e-9  # smaller errors are those of another order of summation

_HEAD = f"""\
<!-- Generated from the exercises in solutions by `make adequacy`. -->
# How adequate the hidden checks are

A hidden check is worth what it refuses. Here each exercise's checks are put to answers
of which it is known whether they are right, with the questions of {SEEDS} courses,
drawn as `grade` draws them:

- **misconceptions**: mistakes that students make, from the bank. All must fall short.
- **variants**: right answers in other forms, and the reference. All must earn full
  points.
- **mutants**: the reference, and the form in which most students are right, with
  one small change: an operator, a comparison or its border, a constant, an axis, a
  dropped `.T` or `keepdims`, exchanged operands or arguments, `sum` for `mean`, `=` for
  `+=`, a deleted statement, a negated condition, a range that is off by one. A mutant
  is **refused** if it falls short in every course. One that computes the same as the
  original is **equivalent**; it is listed below with the reason.

A **false accept** is a misconception, or a mutant that is not equivalent, with full
points; a **false reject** is a right answer without. A value or a text has no code to
change ({NOT_APPLICABLE}); a text has no checks at all, a person grades it.

```console
$ make adequacy
```

measures everything again and writes this page. Tools such as mutmut and cosmic-ray
change the files of a package and run its tests; here the changed code is an answer
that the grader judges, so the operators are our own
(`autograder/adequacy/operators.py`). The reasons are in the file `equivalent.toml` in
the exercise's folder, by the changed line, not its number. Loops are bounded by a count
of their rounds, not by time.

"""

_VISIBLE_HEAD = """\
## What the visible checks see

The visible checks of a notebook have fixed inputs. Here the bank is put to them: how
many misconceptions they **refuse**, and for how many the student reads the likely
reason that the graded feedback gives (**named**), found by what the checks saw. A right
answer must never be refused or get a reason, a misconception never that of another. The
checks of questions look at the form of the answers alone and are not listed.

```console
$ python -m autograder.adequacy --visible l3_svm_loss_i
```

puts the bank of one exercise to its visible checks, and lists what passes and what gets
no reason.

"""

_ERROR_HEAD = f"""\
## The tolerance

Where a check states no other, a number may be off by {RTOL:g} of itself (near zero by
{ATOL:g}), which lies in a wide gap. The table gives the order of the largest error of a
right variant, of the same when it computes in float32, and the least that a
misconception errs in the check in which it errs most, in units of the relative
tolerance. Answers that compute in single precision pass these checks, except where
scores are so far apart that float32 has no digits left; they fail the check for exact
gradients, where an exercise has one, and so lose the same share everywhere.

"""


def page(measured: Sequence[Adequacy], visible: Sequence[Visible] = ()) -> str:
    """Return the page.

    Parameters
    ----------
    measured : sequence of Adequacy
        One for each exercise, in the order of the notebooks.
    visible : sequence of Visible
        One for each exercise whose visible checks judge values.
    """
    numbers = [row(one) for one in measured]
    lines = [
        f"| {' | '.join(COLUMNS)} |",
        f"|---|{'---:|' * (len(COLUMNS) - 1)}",
        *(f"| {' | '.join(cells)} |" for cells in numbers),
        f"| {' | '.join(total(numbers))} |",
    ]
    table = "\n".join(lines)
    listed = [one for one in measured if one.equivalent]
    reasons = "\n".join(_section(one) for one in listed)
    seen = _visible_table(visible) + _error_table(measured)
    return f"{_HEAD}{table}\n\n{seen}## Equivalent mutants\n\n{reasons}"


def _error_table(measured: Sequence[Adequacy]) -> str:
    errors = [one.errors for one in measured if one.errors]
    rows = [
        f"| `{e.exercise}` | {_size(e.right)} | {_size(e.single)} | {_size(e.wrong)} "
        f"| {f'`{e.nearest}`' if e.nearest else NOT_APPLICABLE} |"
        for e in errors
    ]
    head = f"| {' | '.join(ERROR_COLUMNS)} |\n|---|{'---:|' * 3}---|"
    return f"{_ERROR_HEAD}{head}\n" + "\n".join(rows) + "\n\n"


def _size(error: float) -> str:
    """Write an error so that another machine writes the same: by its order alone."""
    if not error:
        return "0"
    if not math.isfinite(error):
        return NOT_APPLICABLE
    if error < EXACT:
        return f"< {EXACT:.0e}"
    power = math.floor(math.log10(error))
    return f"1e{power:+03d}"


def visible_row(one: Visible) -> list[str]:
    """Return the cells of an exercise in the table of the visible checks."""
    numbers = [one.judged, one.refused, one.named, len(one.misnamed)]
    numbers += [len(one.rejected), len(one.reasoned)]
    return [f"`{one.exercise.id}`", *map(str, numbers)]


def _visible_table(visible: Sequence[Visible]) -> str:
    rows = [visible_row(one) for one in visible]
    lines = [
        f"| {' | '.join(VISIBLE_COLUMNS)} |",
        f"|---|{'---:|' * (len(VISIBLE_COLUMNS) - 1)}",
        *(f"| {' | '.join(cells)} |" for cells in rows),
        f"| {' | '.join(total(rows))} |",
    ]
    judged = sum(one.judged for one in visible)
    refused = sum(one.refused for one in visible)
    named = sum(one.named for one in visible)
    shares = f"{refused / (judged or 1):.1%} are refused, {named / (refused or 1):.1%}"
    table = "\n".join(lines)
    return f"{_VISIBLE_HEAD}Of all, {shares} of these with their reason.\n\n{table}\n\n"


def row(one: Adequacy) -> list[str]:
    """Return the cells of an exercise."""
    exercise = one.exercise
    bank = [len(exercise.checks), len(exercise.misconceptions), len(exercise.variants)]
    mutants = [one.mutants, one.refused, one.accepted]
    accepts = len(one.false_accepts) + len(one.survivors)
    if exercise.kind == "manual":
        return [f"`{exercise.id}`", *[NOT_APPLICABLE] * (len(COLUMNS) - 1)]
    return [
        f"`{exercise.id}`",
        *map(str, bank),
        *(map(str, mutants) if exercise.kind == "code" else [NOT_APPLICABLE] * 3),
        str(accepts),
        str(len(one.false_rejects)),
    ]


def total(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return the cells of the last row, the sums of the columns."""
    numbers = (
        [int(cell) for cell in column if cell != NOT_APPLICABLE]
        for column in list(zip(*rows, strict=True))[1:]
    )
    return [f"**{len(rows)} exercises**", *(f"**{sum(column)}**" for column in numbers)]


def _section(one: Adequacy) -> str:
    by_reason: dict[str, list[str]] = {}
    for key, reason in one.equivalent.items():
        by_reason.setdefault(reason, []).append(key)
    lines = [f"### `{one.exercise.id}`", ""]
    for reason, keys in by_reason.items():
        lines += [f"- {reason}", *(f"  - `{key}`" for key in keys)]
    return "\n".join([*lines, ""])

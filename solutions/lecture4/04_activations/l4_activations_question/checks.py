"""Choose an activation and defend it: a person reads it."""

from autograder.exercise import Exercise

EXERCISE = Exercise(
    points=2,
    title="Choose an activation and defend it",
    kind="manual",
    rubric=(
        "- 1 point: a choice with a reason that names a property shown in the "
        "notebook (saturation, zero-centred outputs, dead units, cost) **and** what "
        "it does to the gradient.\n"
        "- 1 point: a weakness of this choice **and** how one would notice or mend "
        "it (share of dead units, scale of the weights, learning rate, a leak).\n"
        "- Half a point each where the claim stands without its effect on learning. "
        "Any activation may be chosen; a sigmoid needs a reason that fits, such as "
        "a probability at the output."
    ),
)

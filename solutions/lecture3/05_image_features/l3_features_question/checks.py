"""What a ConvNet learns that these features fix by hand: a person reads it."""

from autograder.exercise import Exercise

EXERCISE = Exercise(
    points=2,
    title="What a ConvNet learns that these features fix by hand",
    kind="manual",
    rubric=(
        "- 1 point: names what is fixed by hand in at least one of the features "
        "(the filters, here differences of neighbours; the bins of hue or "
        "orientation; the size of the cells; the patches and words) **and** says "
        "that a ConvNet has weights in its place, which the gradient of the loss "
        "sets.\n"
        "- 1 point: says what follows: adapting to the task, or training all layers "
        "together, **and** a cost (data, computing, or the like); or that learned "
        "first layers resemble oriented edges and colours.\n"
        '- Half a point each where the reason is missing. "A ConvNet is deeper" '
        "alone earns nothing."
    ),
)

"""Why regularization makes W unique: a person reads it."""

from autograder.exercise import Exercise

EXERCISE = Exercise(
    points=2,
    title="Why regularization makes W unique",
    kind="manual",
    rubric=(
        "- 1 point: names other weights with data loss 0, such as 2W or any larger "
        "multiple, **and** gives the reason: margins that hold go on holding.\n"
        "- 1 point: says that the penalty prefers the smallest W that fits **and** "
        "that the data loss stops the shrinking, or argues by strict convexity.\n"
        "- Half a point each where the claim stands without its reason. A picture "
        "or an example with numbers serves as well as a proof, and no point is lost "
        'for leaving out convexity. "Regularization prevents overfitting" alone '
        "earns nothing."
    ),
)

"""What the SVM ignores and softmax never stops doing: a person reads it."""

from autograder.exercise import Exercise

EXERCISE = Exercise(
    points=2,
    title="What the SVM ignores and softmax never stops doing",
    kind="manual",
    rubric=(
        "- 1 point: the SVM loss **and** its slope are zero for both images, as "
        "every margin holds; it ignores by how much.\n"
        "- 1 point: the softmax loss and its slope are never exactly zero, so it "
        "goes on raising the lead, with one sound consequence: weights grow without "
        "regularization, easy images go on counting, the second image counts far "
        "less than the first.\n"
        "- Half a point each where the claim stands without its reason."
    ),
)

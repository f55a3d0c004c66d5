"""The slip in a published frog loss: right in other ways."""

from autograder.exercise import right_answer

RIGHT = [
    right_answer("the sum left as a sum", right_loss=6.3 + 6.6),
]

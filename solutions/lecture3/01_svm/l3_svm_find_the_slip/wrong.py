"""The slip in a published frog loss: misconceptions."""

from autograder.exercise import wrong_answer

WRONG = [
    wrong_answer(
        "the published mean is named, not the loss that it follows from",
        "The mean is only as wrong as one of the three losses. Which of them does not "
        "come out when you work it through?",
        wrong_loss=4.6,
    ),
    wrong_answer(
        "the cat loss is taken for the wrong one",
        "Sum the terms of all three images by hand, and compare each with what is "
        "printed.",
        wrong_loss=2.9,
    ),
    wrong_answer(
        "the car loss is taken for the wrong one",
        "A loss of zero is possible. Are both margins of the car image below zero?",
        wrong_loss=0.0,
    ),
    wrong_answer(
        "the published value is given as the right one",
        "Write down both terms of the frog image in full, then sum them.",
        right_loss=10.9,
    ),
    wrong_answer(
        "delta is added once, though two terms are violated",
        "Each wrong class has a term of its own. In how many of them does delta stand?",
        right_loss=11.9,
    ),
    wrong_answer(
        "the true class is counted in the mended loss",
        "Which class does the sum leave out?",
        right_loss=13.9,
    ),
    wrong_answer(
        "the maximum is taken for what was forgotten",
        "Both terms of the frog image are above zero. Would the maximum change them?",
        forgotten_term="max",
    ),
    wrong_answer(
        "the true class is taken for what was forgotten",
        "The true class is left out on purpose. By how much is each term too small?",
        forgotten_term="true class",
    ),
    wrong_answer(
        "regularization is taken for what was forgotten",
        "The losses of single images hold no penalty. Look inside one term of the sum.",
        forgotten_term="regularization",
    ),
]

"""Printed gradients that were chained from rounded numbers: misconceptions."""

from autograder.exercise import wrong_answer

WRONG = [
    wrong_answer(
        "the printed values are taken over",
        "The printed values were chained from rounded numbers. Keep all digits to the "
        "end, then round.",
        w0=-0.2,
        x0=0.4,
        w1=-0.4,
        x1=-0.6,
        w2=0.2,
        slips="none",
    ),
    wrong_answer(
        "only the value that the lecture mentions is found",
        "More than one printed value is a multiple of the rounded slope.",
        slips="x0",
    ),
    wrong_answer(
        "one of the printed values is overlooked",
        "Multiply the exact slope by each of the factors and round at the end.",
        slips="x0 and w1",
    ),
    wrong_answer(
        "values that round correctly are taken for slips",
        "A printed value is right if the exact one rounds to it.",
        slips="all five",
    ),
    wrong_answer(
        "the signs of the gradients of the weights are lost",
        "The gradient of a weight is the slope times its input. Which sign has the "
        "input?",
        w0=0.197,
        w1=0.393,
    ),
    wrong_answer(
        "weights and inputs are exchanged",
        "A multiply gate hands each input the value of the other one.",
        w0=0.393,
        x0=-0.197,
        w1=-0.590,
        x1=-0.393,
    ),
]

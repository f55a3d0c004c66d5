"""The questions of the lecture on softmax: misconceptions."""

import math

from autograder.exercise import wrong_answer

WRONG = [
    wrong_answer(
        "the bounds of a probability given as the bounds of the loss",
        "The probability goes into the logarithm; what comes out? Let p go towards "
        "zero.",
        largest_loss=1.0,
    ),
    wrong_answer(
        "the lower bound taken as a value of the loss",
        "For the loss to be zero the probability must be one. What would the other "
        "classes have to get?",
        smallest_loss_is_reached=True,
    ),
    wrong_answer(
        "the logarithm of the number of classes with a minus sign",
        "One course prints it that way. Can a loss be negative when every probability "
        "is below one?",
        loss_at_start=-math.log(10),
    ),
    wrong_answer(
        "the start value of the SVM loss",
        "That value belongs to the hinge. What is the probability of each class when "
        "all scores are equal?",
        loss_at_start=9.0,
    ),
    wrong_answer(
        "the start value under the logarithm of the slide",
        "The slide and the course use different logarithms. Which one belongs to e?",
        loss_at_start=1.0,
    ),
    wrong_answer(
        "a loss of zero for scores of zero",
        "Equal scores are a guess, not a right answer. What is the probability of the "
        "true class?",
        loss_at_start=0.0,
    ),
    wrong_answer(
        "the logarithm of the slide taken for the natural one",
        "Compute minus the logarithm of the probability in each base and compare with "
        "the slide.",
        slide_logarithm="base e",
    ),
    wrong_answer(
        "the logarithm of the slide taken for bits",
        "Compute minus the logarithm of the probability in each base and compare with "
        "the slide.",
        slide_logarithm="base 2",
    ),
    wrong_answer(
        "smaller scores taken to make sharper probabilities",
        "Go to the limit: what are the probabilities when all scores are zero?",
        halved_scores="sharper",
    ),
    wrong_answer(
        "softmax taken not to change when all scores are multiplied",
        "Adding a number to all scores changes nothing. Does multiplying keep their "
        "differences?",
        halved_scores="the same",
    ),
    wrong_answer(
        "the SVM taken to prefer a larger lead beyond the margin",
        "Work out every margin of the three vectors. Which of them is violated?",
        svm_prefers="third",
    ),
    wrong_answer(
        "softmax taken to stop at the margin like the SVM",
        "Does the sum under the fraction ever lose the terms of the other classes?",
        softmax_prefers="none",
    ),
    wrong_answer(
        "the SVM loss taken to change with every move",
        "The point is far beyond the margin. What does the maximum with zero return "
        "there?",
        svm_changes=True,
    ),
    wrong_answer(
        "the softmax loss taken to stay the same for a well classified point",
        "Is the slope of the loss ever exactly zero? Look at p of the true class less "
        "one.",
        softmax_changes=False,
    ),
]

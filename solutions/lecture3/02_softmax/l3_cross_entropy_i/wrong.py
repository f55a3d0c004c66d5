"""Cross-entropy of one example: misconceptions."""

import numpy as np

from autograder.exercise import misconception


@misconception(
    "the logarithm to base ten is taken",
    "A published slide does the same. Which function of NumPy is the natural "
    "logarithm?",
)
def base_ten(scores, y):
    e = np.exp(scores - np.max(scores))
    return -np.log10(e[y] / np.sum(e))


@misconception(
    "the logarithm to base two is taken",
    "The loss is measured in nats here, not in bits. Which logarithm belongs to e?",
)
def base_two(scores, y):
    e = np.exp(scores - np.max(scores))
    return -np.log2(e[y] / np.sum(e))


@misconception(
    "large scores overflow",
    "Add a thousand to every score: the probabilities stay the same. Does your loss?",
)
def loss_overflows(scores, y):
    e = np.exp(scores)
    return -np.log(e[y] / np.sum(e))


@misconception(
    "the probability of the true class is returned, not the loss",
    "A good prediction should cost little. What does your function return for one?",
)
def probability_returned(scores, y):
    e = np.exp(scores - np.max(scores))
    return e[y] / np.sum(e)


@misconception(
    "the minus sign is missing",
    "The logarithm of a number below one is negative. Can a loss be?",
)
def without_minus(scores, y):
    e = np.exp(scores - np.max(scores))
    return np.log(e[y] / np.sum(e))


@misconception(
    "the exponentials are not divided by their sum before the logarithm",
    "Without the division the other classes play no part. What is the logarithm of "
    "e to the score?",
)
def without_dividing(scores, y):
    return -np.log(np.exp(scores[y] - np.max(scores)))


@misconception(
    "the most probable class is used instead of the true one",
    "Which class is the right one when the classifier errs? Only y knows.",
)
def most_probable_class(scores, y):
    e = np.exp(scores - np.max(scores))
    return -np.log(np.max(e) / np.sum(e))


@misconception(
    "the logarithms of all classes are added up",
    "The true distribution puts all its mass on one class. Which terms of the sum are "
    "left?",
)
def all_classes_added(scores, y):
    e = np.exp(scores - np.max(scores))
    return -np.sum(np.log(e / np.sum(e)))


@misconception(
    "this is the entropy of the prediction, which does not look at y",
    "Change y and call again: the loss should change. Whose probabilities stand before "
    "the logarithm?",
)
def entropy(scores, y):
    e = np.exp(scores - np.max(scores))
    p = e / np.sum(e)
    return -np.sum(p * np.log(p))


@misconception(
    "one minus the probability is taken instead of the logarithm",
    "How large can your loss become for a hopeless prediction? Compare with the "
    "formula.",
)
def one_minus_probability(scores, y):
    e = np.exp(scores - np.max(scores))
    return 1 - e[y] / np.sum(e)


@misconception(
    "the loss is divided by the number of classes",
    "One example has one loss. Over what does your mean run?",
)
def divided_by_classes(scores, y):
    e = np.exp(scores - np.max(scores))
    return -np.log(e[y] / np.sum(e)) / len(scores)


@misconception(
    "a small number is added to the probability",
    "A guard against the logarithm of zero also changes the losses that were right. "
    "Can you do without the division?",
)
def guard_added(scores, y):
    e = np.exp(scores - np.max(scores))
    return -np.log(e[y] / np.sum(e) + 1e-6)


@misconception(
    "the probability is kept away from zero by a small number, so the loss is capped",
    "Which loss is due where the true class lies far behind? Print yours there, and "
    "see what the logarithm is given.",
    sizes=(1e-12, 1e-10, 1e-9, 1e-8, 1e-7),
)
def tiny_guard_added(scores, y):
    e = np.exp(scores - np.max(scores))
    return -np.log(e[y] / np.sum(e) + 1e-12)


@misconception(
    "the probability is kept away from zero by a small number, so the loss is capped",
    "Which loss is due where the true class lies far behind? Print yours there, and "
    "see what the logarithm is given.",
    sizes=(1e-12, 1e-15, 1e-10, 1e-8, 1e-7, 1e-6, 1e-5),
)
def probability_clipped(scores, y):
    e = np.exp(scores - np.max(scores))
    return -np.log(np.maximum(e[y] / np.sum(e), 1e-12))


@misconception(
    "the shift is taken off in one term of the loss and not in the other",
    "Write down the loss with the shifted scores in every place. Which place of yours "
    "still holds the old ones?",
)
def shifted_in_one_term(scores, y):
    top = np.max(scores)
    return np.log(np.sum(np.exp(scores - top))) - scores[y]


@misconception(
    "the true class is left out of the sum under the fraction",
    "Do the probabilities of all classes still add up to one? Look at what is summed.",
)
def true_class_left_out(scores, y):
    e = np.exp(scores - np.max(scores))
    return -np.log(e[y] / (np.sum(e) - e[y] + 1e-300))


@misconception(
    "the losses of all classes are returned",
    "The loss of one example is one number. Which entry is it?",
)
def every_class_returned(scores, y):
    e = np.exp(scores - np.max(scores))
    return -np.log(e / np.sum(e))


@misconception(
    "this is the hinge loss, not the cross-entropy",
    "Both come from the same scores. Which of the two is exactly zero for a good "
    "prediction?",
)
def hinge_loss(scores, y):
    margins = np.maximum(0, scores - scores[y] + 1)
    return np.sum(margins) - 1


@misconception(
    "the first class is always taken as the true one",
    "Where does y appear in your code?",
)
def first_class(scores, y):
    e = np.exp(scores - np.max(scores))
    return -np.log(e[0] / np.sum(e))


@misconception(
    "the caller's scores are changed",
    "An operator such as -= works on the caller's array. Which line of yours writes "
    "into it?",
)
def caller_changed(scores, y):
    scores -= np.max(scores)
    return np.log(np.sum(np.exp(scores))) - scores[y]


@misconception(
    "the loss is printed instead of returned",
    "A function hands its result on with one keyword. Which one is missing?",
)
def loss_printed(scores, y):
    e = np.exp(scores - np.max(scores))
    print(-np.log(e[y] / np.sum(e)))


@misconception(
    "the loss of the cat image is written into the code",
    "Call your function with scores that you choose. Does the answer change?",
)
def cat_loss_written_down(scores, y):
    return 2.04036


@misconception(
    "one is added to the sum before the logarithm",
    "With a single class the probability is one and the loss is zero. What does yours "
    "give?",
)
def one_added_to_the_sum(scores, y):
    shifted = scores - np.max(scores)
    return np.log1p(np.sum(np.exp(shifted))) - shifted[y]

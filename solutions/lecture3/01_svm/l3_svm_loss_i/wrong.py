"""SVM loss of one example: misconceptions."""

import numpy as np

from autograder.exercise import misconception


@misconception(
    "the true class is counted in the sum",
    "Work out the term for j = y by hand: can it ever be zero? "
    "Look at what stands under the sum sign.",
)
def counts_true_class(scores, y, delta=1.0):
    margins = np.maximum(0, scores - scores[y] + delta)
    return np.sum(margins)


@misconception(
    "delta is left out",
    "A published frog loss has this slip. How far ahead must the true class be "
    "before a term becomes zero?",
)
def delta_left_out(scores, y, delta=1.0):
    margins = np.maximum(0, scores - scores[y])
    margins[y] = 0
    return np.sum(margins)


@misconception(
    "delta is fixed in the code, whatever the argument says",
    "Call your function twice with different values of delta and compare.",
)
def delta_fixed(scores, y, delta=1.0):
    loss = 0.0
    for j in range(len(scores)):
        if j != y:
            loss += max(0, scores[j] - scores[y] + 1)
    return loss


@misconception(
    "the margin is summed without the maximum with zero",
    "What should a class that is far behind the true one add to the loss?",
)
def no_maximum(scores, y, delta=1.0):
    margins = scores - scores[y] + delta
    margins[y] = 0
    return margins.sum()


@misconception(
    "the absolute value is taken instead of the maximum with zero",
    "Draw both functions of the margin: which of them punishes a class that is "
    "far behind?",
)
def absolute_value(scores, y, delta=1.0):
    margins = np.abs(scores - scores[y] + delta)
    margins[y] = 0
    return margins.sum()


@misconception(
    "the hinge is squared",
    "Squaring gives a different loss, as the lecture says when it is asked. "
    "Which one does the exercise name?",
)
def squared_hinge(scores, y, delta=1.0):
    margins = np.maximum(0, scores - scores[y] + delta)
    margins[y] = 0
    return np.sum(margins**2)


@misconception(
    "the mean over the classes is taken instead of the sum",
    "With all scores equal, what should the loss be for many classes? "
    "Compare it with yours.",
)
def mean_over_classes(scores, y, delta=1.0):
    margins = np.maximum(0, scores - scores[y] + delta)
    margins[y] = 0
    return np.sum(margins) / (len(scores) - 1)


@misconception(
    "the two scores of the margin are exchanged",
    "If the true class has by far the highest score, is your loss small or large?",
)
def sign_exchanged(scores, y, delta=1.0):
    loss = 0.0
    for j in range(len(scores)):
        if j == y:
            continue
        loss += max(0, scores[y] - scores[j] + delta)
    return loss


@misconception(
    "delta has the wrong sign",
    "Take two equal scores: should that be good enough for a loss of zero?",
)
def delta_subtracted(scores, y, delta=1.0):
    margins = np.maximum(0, scores - scores[y] - delta)
    margins[y] = 0
    return np.sum(margins)


@misconception(
    "only the worst class counts, instead of all of them",
    "How many wrong classes add a term in the frog image? Compare with yours.",
)
def worst_class_only(scores, y, delta=1.0):
    margins = np.maximum(0, scores - scores[y] + delta)
    margins[y] = 0
    return np.max(margins)


@misconception(
    "the maximum with zero is taken once, after the sum",
    "Can a class that is far behind make up for one that is ahead? "
    "Look at where the maximum stands in the formula.",
)
def maximum_of_sum(scores, y, delta=1.0):
    margins = scores - scores[y] + delta
    return max(0.0, np.sum(margins) - margins[y])


@misconception(
    "the maximum with zero is taken of the scores, not of the margins",
    "Add the same number to every score: the loss must not change. Does yours?",
)
def maximum_of_scores(scores, y, delta=1.0):
    loss = 0.0
    for j in range(len(scores)):
        if j != y:
            loss += max(0, scores[j]) - scores[y] + delta
    return loss


@misconception(
    "the loop ends at the true class instead of passing over it",
    "Which classes has your loop seen when the true class comes first? "
    "Look up what break and continue do.",
)
def break_for_continue(scores, y, delta=1.0):
    loss = 0.0
    for j in range(len(scores)):
        if j == y:
            break
        loss += max(0, scores[j] - scores[y] + delta)
    return loss


@misconception(
    "each term replaces the sum so far",
    "Print the loss inside the loop: does it grow from class to class?",
)
def last_term_only(scores, y, delta=1.0):
    loss = 0.0
    for j in range(len(scores)):
        if j != y:
            loss = max(0, scores[j] - scores[y] + delta)
    return loss


@misconception(
    "the margins are returned, not their sum",
    "The loss of one example is one number. What is the shape of what you return?",
)
def margins_returned(scores, y, delta=1.0):
    margins = np.maximum(0, scores - scores[y] + delta)
    margins[y] = 0
    return margins


@misconception(
    "nothing is returned, though a result may be printed",
    "A function hands its result on with one keyword. Which one is missing?",
)
def printed(scores, y, delta=1.0):
    margins = np.maximum(0, scores - scores[y] + delta)
    margins[y] = 0
    print(np.sum(margins))


@misconception(
    "the answer of the worked example is written into the code",
    "Call your function with scores that you choose, and work them out by hand too.",
)
def visible_example(scores, y, delta=1.0):
    return 2.9


@misconception(
    "the scores of the caller are changed",
    "An assignment such as scores -= or scores[y] = works on the caller's array. "
    "Where does yours do that?",
)
def scores_changed(scores, y, delta=1.0):
    scores -= scores[y] - delta
    scores[y] = 0
    return np.sum(np.maximum(0, scores))


@misconception(
    "the highest score stands where the score of the true class belongs",
    "Which class is the right one when the classifier errs? Only y knows.",
)
def best_for_true(scores, y, delta=1.0):
    margins = np.maximum(0, scores - np.max(scores) + delta)
    margins[y] = 0
    return np.sum(margins)


@misconception(
    "this is the cross-entropy loss, not the hinge loss",
    "Both come from the same scores. Which of the two can be exactly zero?",
)
def cross_entropy(scores, y, delta=1.0):
    shifted = scores - np.max(scores)
    return np.log(np.sum(np.exp(shifted))) - shifted[y]


@misconception(
    "classes with the score of the true class are passed over",
    "Two classes may have equal scores. What tells the true class from the others, "
    "its score or its number?",
)
def equal_scores_skipped(scores, y, delta=1.0):
    loss = 0.0
    for score in scores:
        if score == scores[y]:
            continue
        loss += max(0, score - scores[y] + delta)
    return loss


@misconception(
    "delta is added outside of the maximum with zero",
    "What should a class that is far behind the true one add to the loss? Follow "
    "delta through your line.",
)
def delta_outside_maximum(scores, y, delta=1.0):
    loss = 0.0
    for j in range(len(scores)):
        if j != y:
            loss += max(0, scores[j] - scores[y]) + delta
    return loss


@misconception(
    "the loop begins at class 1, so that class 0 is never counted",
    "Which number does the first class have? Print the classes that your loop visits.",
)
def first_class_skipped(scores, y, delta=1.0):
    loss = 0.0
    for j in range(1, len(scores)):
        if j != y:
            loss += max(0, scores[j] - scores[y] + delta)
    return loss

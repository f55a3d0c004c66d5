"""SVM loss of one example: right in other ways."""

import numpy as np

from autograder.exercise import variant


@variant("a loop with continue", usual=True)
def loop_with_continue(scores, y, delta=1.0):
    correct = scores[y]
    loss = 0
    for j in range(scores.shape[0]):
        if j == y:
            continue
        margin = scores[j] - correct + delta
        if margin > 0:
            loss += margin
    return loss


@variant("all margins, the true one set to zero")
def true_margin_zeroed(scores, y, delta=1.0):
    margins = np.maximum(0, scores - scores[y] + delta)
    margins[y] = 0
    return np.sum(margins)


@variant("delta taken off the sum, a 0-d array returned")
def delta_taken_off(scores, y, delta=1.0):
    total = np.maximum(scores - scores[y] + delta, 0).sum() - delta
    return np.array(total)


@variant("the true class deleted from the scores")
def true_class_deleted(scores, y, delta=1.0):
    others = np.delete(scores, y)
    return float(np.sum(np.clip(others - scores[y] + delta, 0, None)))


@variant("a mask of the other classes")
def mask_of_others(scores, y, delta=1.0):
    other = np.arange(scores.size) != y
    margins = scores[other] - scores[y] + delta
    return margins[margins > 0].sum()


@variant("a generator expression")
def generator(scores, y, delta=1.0):
    return sum(max(0.0, s - scores[y] + delta) for j, s in enumerate(scores) if j != y)


@variant("half of the margin plus its absolute value")
def half_of_absolute(scores, y, delta=1.0):
    margins = scores - scores[y] + delta
    return np.dot(np.arange(len(scores)) != y, (margins + np.abs(margins)) / 2)

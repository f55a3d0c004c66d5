"""The strength chosen by validation: misconceptions."""

import numpy as np

from autograder.exercise import misconception


@misconception(
    "the accuracy is measured on the training data",
    "Which candidate knows its training data best, and is that a virtue? Look at which "
    "examples your classifier is asked about.",
)
def select_on_training(train, X_train, y_train, X_val, y_val, regs):
    accuracies = []
    for reg in regs:
        predict = train(X_train, y_train, reg)
        accuracies.append(np.mean(predict(X_train) == y_train))
    return regs[int(np.argmax(accuracies))], accuracies


@misconception(
    "the strength is chosen by training accuracy, beside the validation accuracies",
    "You compute the accuracies that matter and then compare others. By which of them "
    "is the best candidate chosen?",
)
def select_by_training(train, X_train, y_train, X_val, y_val, regs):
    accuracies = []
    best_reg, best = None, -1
    for reg in regs:
        predict = train(X_train, y_train, reg)
        accuracies.append(np.mean(predict(X_val) == y_val))
        if np.mean(predict(X_train) == y_train) > best:
            best_reg, best = reg, np.mean(predict(X_train) == y_train)
    return best_reg, accuracies


@misconception(
    "the classifier is trained on the validation data",
    "Data that a classifier was trained on cannot tell how good it is on new ones. "
    "Which examples go into train?",
)
def select_trained_on_validation(train, X_train, y_train, X_val, y_val, regs):
    accuracies = [np.mean(train(X_val, y_val, reg)(X_val) == y_val) for reg in regs]
    return regs[int(np.argmax(accuracies))], accuracies


@misconception(
    "training and validation data are trained on together",
    "Data that a classifier was trained on cannot tell how good it is on new ones. "
    "Which examples go into train?",
)
def select_trained_on_both(train, X_train, y_train, X_val, y_val, regs):
    X = np.concatenate([X_train, X_val])
    y = np.concatenate([y_train, y_val])
    accuracies = [np.mean(train(X, y, reg)(X_val) == y_val) for reg in regs]
    return regs[int(np.argmax(accuracies))], accuracies


@misconception(
    "training and validation sets are exchanged",
    "One part is for fitting, the other for judging. Follow both through your code.",
)
def select_exchanged(train, X_train, y_train, X_val, y_val, regs):
    accuracies = [np.mean(train(X_val, y_val, reg)(X_train) == y_train) for reg in regs]
    return regs[int(np.argmax(accuracies))], accuracies


@misconception(
    "the last of equally good candidates wins",
    "Which comparison lets a later candidate replace an earlier one that is just as "
    "good? The docstring says who should win.",
)
def select_last_of_equals(train, X_train, y_train, X_val, y_val, regs):
    accuracies = []
    best_reg, best = None, 0.0
    for reg in regs:
        accuracy = np.mean(train(X_train, y_train, reg)(X_val) == y_val)
        accuracies.append(accuracy)
        if accuracy >= best:
            best_reg, best = reg, accuracy
    return best_reg, accuracies


@misconception(
    "the smallest of equally good candidates wins",
    "The docstring says which of equals wins: by place or by size?",
)
def select_smallest_of_equals(train, X_train, y_train, X_val, y_val, regs):
    accuracies = [np.mean(train(X_train, y_train, r)(X_val) == y_val) for r in regs]
    best = max(accuracies)
    equals = [regs[k] for k in range(len(regs)) if accuracies[k] == best]
    return min(equals), accuracies


@misconception(
    "the largest of equally good candidates wins",
    "Pairs are compared by their second entry where the first is equal. The docstring "
    "says which of equals wins.",
)
def select_largest_of_equals(train, X_train, y_train, X_val, y_val, regs):
    accuracies = [np.mean(train(X_train, y_train, r)(X_val) == y_val) for r in regs]
    return max(zip(accuracies, regs, strict=True))[1], accuracies


@misconception(
    "error rates are returned instead of accuracies",
    "Is a large number in your list good or bad? Compare with what the docstring asks "
    "for.",
)
def select_errors(train, X_train, y_train, X_val, y_val, regs):
    errors = [np.mean(train(X_train, y_train, reg)(X_val) != y_val) for reg in regs]
    return regs[int(np.argmin(errors))], errors


@misconception(
    "the worst candidate is chosen",
    "Print the accuracy of your choice beside the others. Which comparison or function "
    "picked it?",
)
def select_worst(train, X_train, y_train, X_val, y_val, regs):
    accuracies = [np.mean(train(X_train, y_train, r)(X_val) == y_val) for r in regs]
    return regs[int(np.argmin(accuracies))], accuracies


@misconception(
    "accuracies are given in percent",
    "The docstring names the range of an accuracy. Which range has yours?",
)
def select_percent(train, X_train, y_train, X_val, y_val, regs):
    accuracies = [
        100 * np.mean(train(X_train, y_train, reg)(X_val) == y_val) for reg in regs
    ]
    return regs[int(np.argmax(accuracies))], accuracies


@misconception(
    "right answers are counted, not divided by how many were asked",
    "The docstring names the range of an accuracy. What do you divide by?",
)
def select_counts(train, X_train, y_train, X_val, y_val, regs):
    accuracies = [np.sum(train(X_train, y_train, reg)(X_val) == y_val) for reg in regs]
    return regs[int(np.argmax(accuracies))], accuracies


@misconception(
    "the place of the best candidate is returned, not the candidate",
    "A function that finds the largest entry gives its place. What stands at that "
    "place in regs?",
)
def select_index(train, X_train, y_train, X_val, y_val, regs):
    accuracies = [np.mean(train(X_train, y_train, reg)(X_val) == y_val) for reg in regs]
    return int(np.argmax(accuracies)), accuracies


@misconception(
    "the best accuracy is returned, not the candidate that reached it",
    "What does the caller want to know: how good, or with which strength?",
)
def select_best_accuracy(train, X_train, y_train, X_val, y_val, regs):
    accuracies = [np.mean(train(X_train, y_train, reg)(X_val) == y_val) for reg in regs]
    return max(accuracies), accuracies


@misconception(
    "the candidates are sorted first",
    "The docstring says in which order the accuracies stand. Which line changes it?",
)
def select_sorted(train, X_train, y_train, X_val, y_val, regs):
    regs = sorted(regs)
    accuracies = [np.mean(train(X_train, y_train, reg)(X_val) == y_val) for reg in regs]
    return regs[int(np.argmax(accuracies))], accuracies


@misconception(
    "the accuracies are sorted before they are returned",
    "The docstring says in which order the accuracies stand. Which line changes it?",
)
def select_accuracies_sorted(train, X_train, y_train, X_val, y_val, regs):
    accuracies = [np.mean(train(X_train, y_train, reg)(X_val) == y_val) for reg in regs]
    return regs[int(np.argmax(accuracies))], sorted(accuracies)


@misconception(
    "the two results are returned in the wrong order",
    "Compare your return statement with the docstring, result by result.",
)
def select_results_exchanged(train, X_train, y_train, X_val, y_val, regs):
    accuracies = [np.mean(train(X_train, y_train, reg)(X_val) == y_val) for reg in regs]
    return accuracies, regs[int(np.argmax(accuracies))]


@misconception(
    "the best so far starts at an accuracy that a bad candidate cannot beat",
    "What does your function return when every candidate gets everything wrong? Look "
    "at the value before the loop.",
)
def select_starts_at_zero(train, X_train, y_train, X_val, y_val, regs):
    accuracies = []
    best_reg, best = None, 0
    for reg in regs:
        accuracy = np.mean(train(X_train, y_train, reg)(X_val) == y_val)
        accuracies.append(accuracy)
        if accuracy > best:
            best_reg, best = reg, accuracy
    return best_reg, accuracies


@misconception(
    "training happens once, before the loop, for all candidates",
    "How often must a classifier be trained to compare several strengths? Where does "
    "your call of train stand?",
)
def select_trained_once(train, X_train, y_train, X_val, y_val, regs):
    predict = train(X_train, y_train, regs[0])
    accuracies = [np.mean(predict(X_val) == y_val) for reg in regs]
    return regs[int(np.argmax(accuracies))], accuracies


@misconception(
    "the accuracies are a dict, not a list in the order of regs",
    "Look at the type that the docstring names for the second result.",
)
def select_dict(train, X_train, y_train, X_val, y_val, regs):
    accuracies = {
        float(reg): float(np.mean(train(X_train, y_train, reg)(X_val) == y_val))
        for reg in regs
    }
    return max(accuracies, key=accuracies.get), accuracies


@misconception(
    "the best accuracy so far is not kept, so that each candidate beats the start",
    "Two things change when a candidate wins. Follow both names through your loop.",
)
def select_best_not_kept(train, X_train, y_train, X_val, y_val, regs):
    best_reg, best, accuracies = None, -1.0, []
    for reg in regs:
        classify = train(X_train, y_train, reg)
        accuracies.append(float(np.mean(classify(X_val) == y_val)))
        if accuracies[-1] > best:
            best_reg = reg
    return best_reg, accuracies

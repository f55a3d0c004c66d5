"""The strength chosen by validation: right in other ways."""

import numpy as np

from autograder.exercise import variant


@variant("a loop with a strict comparison", usual=True)
def select_loop(train, X_train, y_train, X_val, y_val, regs):
    best_reg, best_accuracy = None, -1.0
    val_accuracies = []
    for reg in regs:
        predict = train(X_train, y_train, reg)
        accuracy = (predict(X_val) == y_val).mean()
        val_accuracies.append(accuracy)
        if accuracy > best_accuracy:
            best_accuracy, best_reg = accuracy, reg
    return best_reg, val_accuracies


@variant("a comprehension and list.index")
def select_comprehension(train, X_train, y_train, X_val, y_val, regs):
    accuracies = [
        float(np.mean(train(X_train, y_train, r)(X_val) == y_val)) for r in regs
    ]
    return regs[accuracies.index(max(accuracies))], accuracies


@variant("an array of accuracies, the result a list")
def select_array(train, X_train, y_train, X_val, y_val, regs):
    accuracies = np.zeros(len(regs))
    for k, reg in enumerate(regs):
        accuracies[k] = np.sum(train(X_train, y_train, reg)(X_val) == y_val)
    accuracies /= len(y_val)
    return [float(np.array(regs)[accuracies.argmax()]), accuracies]


@variant("one validation example at a time")
def select_one_by_one(train, X_train, y_train, X_val, y_val, regs):
    accuracies = []
    for reg in regs:
        predict = train(X_train, y_train, reg)
        hits = 0
        for i in range(len(y_val)):
            hits += bool(predict(X_val[i : i + 1])[0] == y_val[i])
        accuracies.append(hits / len(y_val))
    best = max(range(len(regs)), key=lambda k: accuracies[k])
    return regs[best], tuple(accuracies)


@variant("all classifiers first, then one minus the error rate")
def select_models_first(train, X_train, y_train, X_val, y_val, regs):
    models = [train(X_train, y_train, reg=reg) for reg in regs]
    errors = [np.mean(model(X_val) != y_val) for model in models]
    return regs[int(np.argmin(errors))], [1 - error for error in errors]

"""Step and cosine decay: right in other ways."""

import numpy as np

from autograder.exercise import variant


@variant("the formulas of the text", usual=True)
class formulas_of_the_text:
    def step_decay(lr0, step, drop, every):
        return lr0 * drop ** (step // every)

    def cosine_decay(lr0, step, total_steps):
        return 0.5 * lr0 * (1 + np.cos(np.pi * step / total_steps))


@variant("floor and math", of="step_decay")
def with_floor(lr0, step, drop, every):
    return np.float64(lr0) * np.power(drop, np.floor(step / every))


@variant("a sine", of="cosine_decay")
def with_sine(lr0, step, total_steps):
    return lr0 * (1 - np.sin(np.pi / 2 * (step / total_steps)) ** 2)


@variant("repeated multiplication", of="step_decay")
def repeated_multiplication(lr0, step, drop, every):
    lr = lr0
    while step >= every:
        lr = lr * drop
        step = step - every
    return lr

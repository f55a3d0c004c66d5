"""Numeric gradient, centred: misconceptions."""

import numpy as np

from autograder.exercise import misconception


@misconception(
    "the difference is one-sided: from x forward",
    "Your error shrinks like the step, not like its square. On which sides of x does "
    "the formula evaluate f?",
)
def forward_difference(f, x, h=1e-5):
    grad = np.zeros_like(x)
    fx = f(x)
    for place in np.ndindex(x.shape):
        old = x[place]
        x[place] = old + h
        grad[place] = (f(x) - fx) / h
        x[place] = old
    return grad


@misconception(
    "the difference is one-sided: from x backward",
    "The formula steps to two places around x. Which one is missing in your code?",
)
def backward_difference(f, x, h=1e-5):
    grad = np.zeros_like(x)
    fx = f(x)
    for place in np.ndindex(x.shape):
        old = x[place]
        x[place] = old - h
        grad[place] = (fx - f(x)) / h
        x[place] = old
    return grad


@misconception(
    "the difference is divided by one step instead of two",
    "How far apart are the two points at which you evaluate f?",
)
def divided_by_one_step(f, x, h=1e-5):
    grad = np.zeros_like(x)
    for place in np.ndindex(x.shape):
        old = x[place]
        x[place] = old + h
        up = f(x)
        x[place] = old - h
        down = f(x)
        x[place] = old
        grad[place] = (up - down) / h
    return grad


@misconception(
    "the step is fixed in the code, whatever the argument says",
    "Call your function with a large h and with a small one. "
    "Should both give the same digits?",
)
def step_fixed(f, x, h=1e-5):
    grad = np.zeros_like(x)
    for place in np.ndindex(x.shape):
        old = x[place]
        x[place] = old + 1e-5
        up = f(x)
        x[place] = old - 1e-5
        down = f(x)
        x[place] = old
        grad[place] = (up - down) / 2e-5
    return grad


@misconception(
    "all entries are moved at once",
    "A gradient asks what one entry alone does to f. How many entries move in your "
    "f(x + h)?",
)
def all_at_once(f, x, h=1e-5):
    return np.full(x.shape, (f(x + h) - f(x - h)) / (2 * h))


@misconception(
    "an entry that was moved is not put back",
    "Print x before and after one turn of your loop. Where does f look in the next "
    "turn?",
)
def not_put_back(f, x, h=1e-5):
    grad = np.zeros_like(x)
    for place in np.ndindex(x.shape):
        x[place] += h
        up = f(x)
        x[place] -= 2 * h
        down = f(x)
        grad[place] = (up - down) / (2 * h)
    return grad


@misconception(
    "x is restored by adding and taking off the step, which rounds",
    "Is a + h - h always equal to a in floating point? Keep the old value instead.",
)
def restored_by_arithmetic(f, x, h=1e-5):
    grad = np.zeros_like(x)
    for place in np.ndindex(x.shape):
        x[place] += h
        up = f(x)
        x[place] -= 2 * h
        down = f(x)
        x[place] += h
        grad[place] = (up - down) / (2 * h)
    return grad


@misconception(
    "the loop runs over the first axis only, so whole rows are moved",
    "What is x[i] when x is a matrix: a number or a row?",
)
def rows_moved(f, x, h=1e-5):
    grad = np.zeros_like(x)
    for i in range(len(x)):
        up, down = x.copy(), x.copy()
        up[i] += h
        down[i] -= h
        grad[i] = (f(up) - f(down)) / (2 * h)
    return grad


@misconception(
    "the gradient is returned as one long row, not in the shape of x",
    "Which shape does a gradient have, by the convention of the course?",
)
def flat_result(f, x, h=1e-5):
    grad = np.zeros(x.size)
    for k, place in enumerate(np.ndindex(x.shape)):
        up, down = x.copy(), x.copy()
        up[place] += h
        down[place] -= h
        grad[k] = (f(up) - f(down)) / (2 * h)
    return grad


@misconception(
    "the two values of f are subtracted the wrong way round",
    "If f grows with x, should its slope be positive or negative?",
)
def subtracted_backwards(f, x, h=1e-5):
    grad = np.zeros_like(x)
    for place in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[place] += h
        down[place] -= h
        grad[place] = (f(down) - f(up)) / (2 * h)
    return grad


@misconception(
    "the step is made proportional to each entry of x",
    "How large is your step at a large entry, and at an entry that is zero? Read what "
    "the text says about h.",
)
def relative_step(f, x, h=1e-5):
    grad = np.zeros_like(x)
    for place in np.ndindex(x.shape):
        step = h * max(1e-12, abs(x[place]))
        up, down = x.copy(), x.copy()
        up[place] += step
        down[place] -= step
        grad[place] = (f(up) - f(down)) / (2 * step)
    return grad


@misconception(
    "the difference is not divided by the step",
    "A slope is a change of f for each unit of x. Which of the two do you return?",
)
def not_divided(f, x, h=1e-5):
    grad = np.zeros_like(x)
    for place in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[place] += h
        down[place] -= h
        grad[place] = f(up) - f(down)
    return grad


@misconception(
    "the difference is divided by two and multiplied by the step",
    "Without brackets Python works from left to right. What happens to h in your last "
    "line?",
)
def multiplied_by_the_step(f, x, h=1e-5):
    grad = np.zeros_like(x)
    for place in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[place] += h
        down[place] -= h
        grad[place] = (f(up) - f(down)) / 2 * h
    return grad

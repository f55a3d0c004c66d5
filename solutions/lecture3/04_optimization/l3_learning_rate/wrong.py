"""Step and cosine decay: misconceptions."""

import numpy as np

from autograder.exercise import misconception


@misconception(
    "the rate drops a little in every step instead of once a period",
    "Draw your rate over the steps: is it a staircase or a smooth curve?",
    of="step_decay",
)
def smooth_exponential(lr0, step, drop, every):
    return lr0 * drop ** (step / every)


@misconception(
    "the rate drops one step too early",
    "How many full periods lie behind the steps when step is one less than every?",
    of="step_decay",
)
def dropped_early(lr0, step, drop, every):
    return lr0 * drop ** ((step + 1) // every)


@misconception(
    "the rate drops one step too late",
    "What should the rate be at the very step where a period is full?",
    of="step_decay",
)
def dropped_late(lr0, step, drop, every):
    return lr0 * drop ** (max(step - 1, 0) // every)


@misconception(
    "the rate drops once and never again",
    "What should happen at twice the period, and at three times?",
    of="step_decay",
)
def dropped_once(lr0, step, drop, every):
    return lr0 * drop if step >= every else lr0


@misconception(
    "the rate is divided by drop instead of multiplied",
    "With drop below one, does your rate fall or grow?",
    of="step_decay",
)
def divided_by_drop(lr0, step, drop, every):
    return lr0 / drop ** (step // every)


@misconception(
    "the drops are added up instead of multiplied",
    "After many periods, can your rate become negative? Look up what stands in the "
    "exponent.",
    of="step_decay",
)
def drops_added(lr0, step, drop, every):
    return lr0 * (1 - (1 - drop) * (step // every))


@misconception(
    "the factor one half is missing",
    "What is your rate at the first step? It should be the one you started with.",
    of="cosine_decay",
)
def half_missing(lr0, step, total_steps):
    return lr0 * (1 + np.cos(np.pi * step / total_steps))


@misconception(
    "the cosine is not shifted up, so the rate becomes negative",
    "Can a learning rate be negative? Look at your value at the last step.",
    of="cosine_decay",
)
def cosine_not_shifted(lr0, step, total_steps):
    return lr0 * np.cos(np.pi * step / total_steps)


@misconception(
    "a quarter of the cosine's period is used instead of half of it",
    "Draw both: the right curve is flat at its start and at its end.",
    of="cosine_decay",
)
def quarter_period(lr0, step, total_steps):
    return lr0 * np.cos(0.5 * np.pi * step / total_steps)


@misconception(
    "a whole period of the cosine is used, so the rate comes back up",
    "What is your rate at the last step: nothing, or the one you started with?",
    of="cosine_decay",
)
def whole_period(lr0, step, total_steps):
    return 0.5 * lr0 * (1 + np.cos(2 * np.pi * step / total_steps))


@misconception(
    "the rate falls in a straight line instead of along a cosine",
    "Compare the rate after a quarter of the steps with that of the formula.",
    of="cosine_decay",
)
def straight_line(lr0, step, total_steps):
    return lr0 * (1 - step / total_steps)


@misconception(
    "the angle is in degrees",
    "NumPy's cosine takes radians. How large is your angle at the last step?",
    of="cosine_decay",
)
def angle_in_degrees(lr0, step, total_steps):
    return 0.5 * lr0 * (1 + np.cos(180 * step / total_steps))


@misconception(
    "the number of drops is a factor, so that the rate begins at zero",
    "What should the rate be before the first drop? What does your formula give for "
    "step 0?",
    of="step_decay",
)
def drops_as_a_factor(lr0, step, drop, every):
    return lr0 * drop * (step // every)


@misconception(
    "pi is left out of the angle",
    "At the last step the cosine should be at its lowest. At which angle is it?",
    of="cosine_decay",
)
def angle_without_pi(lr0, step, total_steps):
    return lr0 * 0.5 * (1 + np.cos(step / total_steps))

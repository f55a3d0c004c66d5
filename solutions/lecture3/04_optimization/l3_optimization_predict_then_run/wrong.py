"""Predictions about searching, slopes and steps: misconceptions."""

from autograder.exercise import wrong_answer

WRONG = [
    wrong_answer(
        "the change of the loss, not divided by the step",
        "A slope is a change for each unit of the weight. What is still to be divided "
        "by?",
        slope_first_weight=-0.00025,
    ),
    wrong_answer(
        "the sign of the slope is lost",
        "Does the loss rise or fall when the first weight grows?",
        slope_first_weight=2.5,
    ),
    wrong_answer(
        "the largest rise is given, not the steepest descent",
        "Steepest descent goes against the gradient. Which sign does the slope have "
        "there?",
        steepest_slope=5,
    ),
    wrong_answer(
        "the slopes are added up instead of the length of the gradient being taken",
        "How long is a vector with these two entries? Pythagoras knows.",
        steepest_slope=-7,
    ),
    wrong_answer(
        "the products are added without their signs",
        "Write the dot product out, with the sign of each term.",
        slope_along=5.0,
    ),
    wrong_answer(
        "one evaluation too few: the loss at W itself",
        "Each bumped loss is compared with something. How often is that evaluated?",
        evaluations=30730,
    ),
    wrong_answer(
        "two evaluations for each weight, as in the centred difference",
        "The question asks for the one-sided difference. How many evaluations can its "
        "entries share?",
        evaluations=61460,
    ),
    wrong_answer(
        "a smaller h is taken to be always better",
        "Mathematics takes the limit; a computer rounds. Look at the left arm of the "
        "V.",
        smaller_h_is_always_better=True,
        best_h="1e-12",
    ),
    wrong_answer(
        "the step of the hand calculation is taken for the most accurate one",
        "Both errors of the V count, truncation and rounding. Where do they balance?",
        best_h="1e-2",
    ),
    wrong_answer(
        "a step against the gradient is taken to lower the loss at any size",
        "The slope holds at the point where you stand. How far does it hold?",
        any_step_lowers_loss=True,
    ),
    wrong_answer(
        "four times the batch is taken to give a quarter of the noise",
        "The variance of a mean falls like the number of terms. What of its root?",
        noise_factor=0.25,
    ),
    wrong_answer(
        "the minibatch gradient is taken for the full one",
        "Draw two minibatches at the same W: do you get the same gradient?",
        sgd_steps_by_the_full_gradient=True,
    ),
    wrong_answer(
        "a habit of hardware is taken for a rule",
        "Does any line of the algorithm ask what kind of number the batch size is?",
        batch_size_must_be_power_of_two=True,
    ),
]

"""The lecture's questions on the SVM loss: misconceptions."""

from autograder.exercise import wrong_answer

WRONG = [
    wrong_answer(
        "the highest score is taken for the score of the true class",
        "Look for the row named frog in the column of the frog image.",
        true_score_frog=2.5,
    ),
    wrong_answer(
        "the first row is taken for the true class in every image",
        "Each image has a true class of its own. Which row belongs to the frog?",
        true_score_frog=2.2,
    ),
    wrong_answer(
        "the value of delta is taken for something that matters",
        "If all of W is doubled, what happens to the differences between the scores?",
        delta_only_sets_a_scale=False,
    ),
    wrong_answer(
        "the drop of the score is taken for a rise of the loss",
        "Write down both margins of the car image after the drop. Is one above zero?",
        car_loss_after_drop=0.5,
    ),
    wrong_answer(
        "the maximum with zero is forgotten after the drop",
        "A margin below zero counts as zero. Sum the terms again.",
        car_loss_after_drop=-1.4,
    ),
    wrong_answer(
        "the hinge loss is taken to be able to fall below zero",
        "Each term is a maximum with zero. How small can such a term be?",
        smallest_loss=float("-inf"),
    ),
    wrong_answer(
        "the hinge loss is taken to have an upper bound",
        "Let one wrong class run ahead without end. What does its term do?",
        largest_loss=100.0,
    ),
    wrong_answer(
        "the true class is counted at the start",
        "How many terms does the sum have when j = y is left out?",
        loss_at_start=10.0,
    ),
    wrong_answer(
        "equal scores are taken for no loss",
        "With equal scores each margin is delta alone. What does the hinge make of "
        "that?",
        loss_at_start=0.0,
    ),
    wrong_answer(
        "the softmax loss at the start is given",
        "The logarithm of the number of classes belongs to another loss. Work out one "
        "hinge term for equal scores.",
        loss_at_start=2.3026,
    ),
    wrong_answer(
        "the term of the true class is taken for zero",
        "Put j = y into the margin. What is left of it?",
        rise_with_true_class=0.0,
    ),
    wrong_answer(
        "the rise is summed over the images, but the loss is a mean",
        "Every image rises by the same. What does the mean do?",
        rise_with_true_class=3.0,
    ),
    wrong_answer(
        "a constant factor is taken to move the best W",
        "Multiply a curve by a positive number. Where is its lowest point now?",
        mean_keeps_best_W=False,
    ),
    wrong_answer(
        "the squared hinge is taken for the same loss on another scale",
        "Compare one large violation with several small ones under both losses.",
        squaring_keeps_best_W=True,
    ),
    wrong_answer(
        "a W of zero loss is taken for the only one",
        "What does 2W do to margins that already hold?",
        zero_loss_W_is_unique=True,
    ),
    wrong_answer(
        "the maximum with zero is forgotten under 2W",
        "A margin below zero counts as zero, before and after doubling.",
        car_loss_under_2W=-11.0,
    ),
    wrong_answer(
        "2W is taken to leave every loss unchanged",
        "That holds only where all margins already do. Double the frog's scores and "
        "sum its terms again.",
        frog_loss_under_2W=12.9,
    ),
    wrong_answer(
        "the loss is doubled as a whole, delta with it",
        "W scales the scores. Does it scale delta too?",
        frog_loss_under_2W=25.8,
    ),
]

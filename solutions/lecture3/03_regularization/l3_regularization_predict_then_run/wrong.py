"""Predictions about the penalties: misconceptions."""

from autograder.exercise import wrong_answer

WRONG = [
    wrong_answer(
        "L1 is said to prefer w1, as many summaries say",
        "Add up the absolute values of both vectors before you decide.",
        l1_prefers="w1",
    ),
    wrong_answer(
        "L1 is said to prefer w2",
        "Add up the absolute values of both vectors before you decide.",
        l1_prefers="w2",
    ),
    wrong_answer(
        "L2 is said to prefer the vector with the zeros",
        "Square the entries first and then add. Which of the two sums is smaller?",
        l2_prefers="w1",
        l2_prefers_of_v="v1",
    ),
    wrong_answer(
        "the elastic net is said to leave the tie of L1",
        "Take the two parts of the penalty one by one. On which part do the vectors "
        "differ?",
        elastic_prefers="tie",
    ),
    wrong_answer(
        "the L2 penalty is taken with a root",
        "Look for a root in the table of the penalties.",
        l2_of_w2=0.5,
        l2_of_v2=0.4,
        l2_factor_of_double=2.0,
    ),
    wrong_answer(
        "the L2 penalty is taken with a factor one half",
        "Other editions put a factor before the sum. Look at the conventions of this "
        "notebook.",
        l2_of_w2=0.125,
        l2_of_v2=0.08,
    ),
    wrong_answer(
        "the sum of absolute values stands for the L2 penalty",
        "What does L2 do with each entry before it adds?",
        l2_of_w2=1.0,
        l2_of_v2=0.8,
        l2_factor_of_double=2.0,
    ),
    wrong_answer(
        "the second pair is said to be a tie under L1 too",
        "Add up the absolute values of the second pair; they are not those of the "
        "first.",
        l1_prefers_of_v="tie",
    ),
    wrong_answer(
        "twice the weights are said to cost twice as much",
        "Double one weight and square it. By how much has the square grown?",
        l2_factor_of_double=2.0,
    ),
    wrong_answer(
        "a penalty is said to take functions out of the class",
        "A price is not a prohibition. What would data have to look like to make "
        "large weights worth their price?",
        leaves_hypothesis_class=True,
    ),
]

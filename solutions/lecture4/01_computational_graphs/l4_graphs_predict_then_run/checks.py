"""The questions of the lecture on computational graphs: reference and hidden checks."""

from autograder.exercise import Exercise, check_each_key

EXERCISE = Exercise(
    points=3,
    names=("graph_answers",),
    title="The questions of the lecture on computational graphs",
    kind="value",
)

graph_answers = {
    "other_result_than_calculus": False,
    "minus_four_at_z": "value",
    "gradient_at_f": 1,
    "f_if_x_is_minus_1": -16,
    "add_gate_at_3": 2,
    "multiply_gate_at_2": 15,
    "copy_gate": 6,
    "max_gate_at_4": 0,
    "square_by_multiply_gate": 6,
    "backprop_multiplies_everything": False,
    "t_minus_f_is_a_loss": False,
    "cost_of_numeric_gradient": 1000001,
}

LABELS = {
    "other_result_than_calculus": "whether the graph and calculus differ",
    "minus_four_at_z": "what the number at z is",
    "gradient_at_f": "the gradient at the output",
    "f_if_x_is_minus_1": "f after a step in x",
    "add_gate_at_3": "the gradient behind an add gate",
    "multiply_gate_at_2": "the gradient behind a multiply gate",
    "copy_gate": "the gradient behind a branch",
    "max_gate_at_4": "the gradient behind a max gate",
    "square_by_multiply_gate": "the gradient of a square",
    "backprop_multiplies_everything": "whether all local gradients are multiplied",
    "t_minus_f_is_a_loss": "whether t - f can be a loss",
    "cost_of_numeric_gradient": "the cost of a numeric gradient",
}

CHECKS = check_each_key(
    "graph_answers", graph_answers, EXERCISE.points, LABELS, rtol=1e-9, atol=5e-3
)

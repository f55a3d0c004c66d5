"""The questions of the lecture on computational graphs: misconceptions."""

from autograder.exercise import wrong_answer

WRONG = [
    wrong_answer(
        "the number above the wire at z is taken for a gradient",
        "Which numbers stand above a wire, which below?",
        minus_four_at_z="gradient",
    ),
    wrong_answer(
        "the add gate passes on its input instead of the gradient",
        "What is the slope of a sum with respect to one of its terms?",
        add_gate_at_3=6,
    ),
    wrong_answer(
        "the add gate divides the gradient",
        "Does each input of an add gate get the whole gradient or a part of it?",
        add_gate_at_3=1,
    ),
    wrong_answer(
        "the multiply gate is not switched",
        "With what is the input multiplied on the way forward?",
        multiply_gate_at_2=10,
    ),
    wrong_answer(
        "the multiply gate is taken without the gradient from above",
        "A local gradient is only one of the two factors. What is the other?",
        multiply_gate_at_2=3,
    ),
    wrong_answer(
        "the gradients of a branch are multiplied",
        "Along a path factors are multiplied. What happens where two paths meet?",
        copy_gate=8,
    ),
    wrong_answer(
        "the mean of the gradients of a branch",
        "Each wire moves the output by its own amount; does another weaken the first?",
        copy_gate=3,
    ),
    wrong_answer(
        "the smaller input of a max gate gets the gradient",
        "Which of the two inputs can move the maximum?",
        max_gate_at_4=9,
    ),
    wrong_answer(
        "one of the two wires of a square is left out",
        "The same input enters the gate by two wires. What comes back along each?",
        square_by_multiply_gate=3,
    ),
    wrong_answer(
        "all local gradients of the graph are multiplied",
        "Think of an input that reaches the output by two paths.",
        backprop_multiplies_everything=True,
    ),
    wrong_answer(
        "t minus f is taken for a loss",
        "How small can it become when f grows?",
        t_minus_f_is_a_loss=True,
    ),
    wrong_answer(
        "the gradient at the output is the output",
        "By how much does f move when f moves by a little?",
        gradient_at_f=-12,
    ),
    wrong_answer(
        "the step in x is taken with the wrong sign",
        "The gradient at x is negative. Does f rise or fall when x grows?",
        f_if_x_is_minus_1=-8,
    ),
    wrong_answer(
        "the loss at the point itself is not counted",
        "A forward difference needs the loss at each moved point. And where else?",
        cost_of_numeric_gradient=1000000,
    ),
]

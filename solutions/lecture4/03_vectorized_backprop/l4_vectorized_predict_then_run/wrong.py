"""Shapes and sizes of Jacobians: misconceptions."""

from autograder.exercise import wrong_answer

WRONG = [
    wrong_answer(
        "inputs are put in the rows",
        "Slides of another year use the transposed layout. What stands in the rows "
        "here?",
        rows_of_3_to_5=3,
    ),
    wrong_answer(
        "all entries of the Jacobian are counted as its rows",
        "How many rows has a Jacobian with five outputs?",
        rows_of_3_to_5=15,
    ),
    wrong_answer(
        "only the diagonal is counted",
        "The question asks for all entries, also those that are zero. How many rows "
        "and how many columns are there?",
        relu_entries=4096,
    ),
    wrong_answer(
        "every entry of the Jacobian is taken to be in use",
        "Does the first output move when the second input does?",
        relu_nonzero_at_most=4096**2,
    ),
    wrong_answer(
        "a single nonzero entry is expected",
        "Each output depends on its own input. How many outputs are there?",
        relu_nonzero_at_most=1,
    ),
    wrong_answer(
        "the minibatch is forgotten",
        "All examples go through in one step. How many outputs are there in all?",
        minibatch_rows=4096,
    ),
    wrong_answer(
        "the Jacobian is taken to be formed in practice",
        "Compare its size with the memory of a computer. What do the layers compute "
        "instead?",
        jacobian_is_formed=True,
    ),
    wrong_answer(
        "the memory of double precision is given",
        "How many bytes does a number of single precision take?",
        affine_gigabytes=512,
    ),
    wrong_answer(
        "the entries are counted, not the bytes",
        "Each entry takes several bytes. How many in single precision?",
        affine_gigabytes=64,
    ),
    wrong_answer(
        "the memory of one example's Jacobian is given",
        "The Jacobian couples all outputs of the batch with all its inputs. How many "
        "are there of each?",
        affine_gigabytes=0.0625,
    ),
    wrong_answer(
        "the weight itself is taken for the slope",
        "The sum for q1 is linear in this weight. Which factor stands beside it?",
        dq1_dW11="W_11",
    ),
    wrong_answer(
        "the slope against the first weight is taken to be one",
        "By what is this weight multiplied in the sum for q1?",
        dq1_dW11="1",
    ),
    wrong_answer(
        "a weight of the second row is taken to act on the first output",
        "Write out the sum for q1. Does a weight of the second row stand in it?",
        dq1_dW21=0.2,
    ),
    wrong_answer(
        "the gradient is given the shape of the transposed W",
        "Which shape must it have to be taken off W in an update?",
        dW_shape="(D, M)",
    ),
    wrong_answer(
        "the gradient is taken for the whole Jacobian of q",
        "The gradient of one number against W: how many slopes are there?",
        dW_shape="(M, M * D)",
    ),
    wrong_answer(
        "the squared norm is given as the norm",
        "The lecture says L2 norm and writes its square. Which step is missing?",
        l2_norm_of_q=0.116,
    ),
    wrong_answer(
        "the absolute values of q are added up",
        "That is another norm. Which one squares first?",
        l2_norm_of_q=0.48,
    ),
    wrong_answer(
        "the right gradient of x is taken for misprinted",
        "Work out one entry of each matrix by hand, the first row with the first "
        "column.",
        misprinted="dx",
    ),
    wrong_answer(
        "the right gradient of w is taken for misprinted",
        "Work out one entry of each matrix by hand before you decide.",
        misprinted="dw",
    ),
    wrong_answer(
        "the misprinted entry is repeated",
        "Multiply the first row of x with the first column of w and add up.",
        first_entry=13,
    ),
    wrong_answer(
        "the minus signs in the product are dropped",
        "The third number of the row has a minus sign. What does it do to the sum?",
        first_entry=17,
    ),
]

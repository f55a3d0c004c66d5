"""Templates, and how far the neuron analogy carries: a person reads it."""

from autograder.exercise import Exercise

EXERCISE = Exercise(
    points=2,
    title="Templates, and how far the neuron analogy carries",
    kind="manual",
    rubric=(
        "- 1 point: several templates of a class in the hidden units, put together "
        "by a weighted sum (not a maximum); half of it without the sum.\n"
        "- 1 point: one sound thing that a unit shares with a neuron (weighted "
        "inputs, a threshold or firing rate) and two sound limits (kinds of "
        "neurons, computation in dendrites, synapses that are dynamic systems, "
        "timing of spikes); half of it for one limit."
    ),
)

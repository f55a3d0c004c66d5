"""Grade a class: submissions, digests, the pool of workers, the cluster."""

from autograder.start_up import without_address_grammar

# Whatever a worker is asked for first, it comes by here.
with without_address_grammar():
    import nbformat  # noqa: F401 - which loads it

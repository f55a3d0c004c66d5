"""The commands of ``python -m autograder``, one per file."""

"""Build the notebooks, grade a class outside the students' processes, report."""

__version__ = "0.1.0"


def __getattr__(name: str) -> object:
    """Load ``hidden_tests`` when it is first asked for; the rest stays light."""
    if name == "hidden_tests":
        from autograder.judging.in_place import hidden_tests

        return hidden_tests
    raise AttributeError(f"module 'autograder' has no attribute {name!r}")

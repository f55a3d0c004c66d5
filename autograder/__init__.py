"""Build the notebooks, grade a class outside the students' processes, report."""

import sys

__version__ = "0.1.0"

# jsonschema, which nbformat loads, builds a grammar for internationalised addresses as
# soon as it finds this package: most of the time in which a command starts. No schema
# of a notebook asks for that format, and jsonschema does without.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]


def __getattr__(name: str) -> object:
    """Load ``hidden_tests`` when it is first asked for; the rest stays light."""
    if name == "hidden_tests":
        from autograder.judging.in_place import hidden_tests

        return hidden_tests
    raise AttributeError(f"module 'autograder' has no attribute {name!r}")

"""Computational graphs, drawn as in the lecture with the numbers a student computed."""

from cs231n_lib.circuits.circuit import Circuit, attempt
from cs231n_lib.circuits.from_objects import trace

__all__ = ["Circuit", "attempt", "trace"]

"""Turn each text source into the solution notebook and the handout."""

from __future__ import annotations

__all__ = ["build"]


def __getattr__(name: str) -> object:
    """Load `build` when it is first asked for: nbgrader takes a second to import."""
    if name == "build":
        from autograder.authoring.pipeline import build

        return build
    raise AttributeError(f"module 'autograder.authoring' has no attribute {name!r}")

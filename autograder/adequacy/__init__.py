"""Measure whether the hidden checks refuse every changed answer.

A mutant is a right answer with one small change. The hidden checks must refuse each
mutant, as they refuse a misconception; one that they accept computes the same, and
``equivalent.toml`` says why, or shows a hole in the checks.

``python -m autograder.adequacy`` writes the table ``docs/test-adequacy.md``.
"""

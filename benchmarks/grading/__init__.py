"""Grading a class side by side: nbgrader as it comes, at its best, and this grader."""

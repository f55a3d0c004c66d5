"""Run a student's notebook where it can reach nothing."""

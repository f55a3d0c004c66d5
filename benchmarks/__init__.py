"""Measurements side by side, each one command: see README.md."""

"""What grading a fixed class does, counted: the same on every machine."""

"""Compare an answer with what is expected, and say in words what differs and why."""

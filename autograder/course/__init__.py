"""The course: its handouts and its settings."""

"""What goes back to the learning platform: scores and feedback, in its own formats."""

"""One exercise: its record, its checks, and the student that answers them."""

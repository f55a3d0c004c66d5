"""Records of the exercises of lecture 3."""

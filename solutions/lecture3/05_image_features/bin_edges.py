"""How far ordinary inputs stay from the ends of a bin of a histogram."""

EDGE = 1e-5  # ordinary inputs stay this part of a bin away from its ends
EDGE_SINGLE = 1e-3  # the same for float32

"""What the known answers share: the probabilities, as students compute them."""

import numpy as np


def stable_probs(scores):
    e = np.exp(scores - np.max(scores, axis=1, keepdims=True))
    return e / np.sum(e, axis=1, keepdims=True)

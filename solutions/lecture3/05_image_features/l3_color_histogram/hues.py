"""What the known answers share: the hue of each pixel."""

import numpy as np


def hues_of(image):
    red, green, blue = image[..., 0], image[..., 1], image[..., 2]
    top = image.max(axis=-1)
    spread = top - image.min(axis=-1)
    safe = np.where(spread > 0, spread, 1)
    sixth = np.where(
        top == red,
        (green - blue) / safe % 6,
        np.where(top == green, 2 + (blue - red) / safe, 4 + (red - green) / safe),
    )
    return sixth / 6

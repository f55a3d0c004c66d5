"""Histogram of oriented gradients: misconceptions."""

import numpy as np

from autograder.exercise import misconception

from .slopes import slopes_of


def _gathered(magnitude, orientation, cell, bins, turn=180):
    rows, columns = magnitude.shape[0] // cell, magnitude.shape[1] // cell
    found = []
    for i in range(rows):
        for j in range(columns):
            block = np.s_[i * cell : (i + 1) * cell, j * cell : (j + 1) * cell]
            found.append(
                np.histogram(
                    orientation[block],
                    bins=bins,
                    range=(0, turn),
                    weights=magnitude[block],
                )[0]
            )
    return np.concatenate(found)


@misconception(
    "orientations from the starter code: a quarter turn added, and no modulo",
    "Add up your histograms and compare with the magnitude of the picture. Which "
    "angles fall into no bin?",
)
def starter_code(gray, cell=8, bins=9):
    dy, dx = np.gradient(gray)
    orientation = np.degrees(np.arctan2(dy, dx)) + 90
    return _gathered(np.hypot(dx, dy), orientation, cell, bins)


@misconception(
    "negative angles fall into no bin",
    "Add up your histograms and compare with the magnitude of the picture. What "
    "happens to a slope that points up?",
)
def negative_angles_lost(gray, cell=8, bins=9):
    dy, dx = np.gradient(gray)
    orientation = np.degrees(np.arctan2(dy, dx))
    return _gathered(np.hypot(dx, dy), orientation, cell, bins)


@misconception(
    "negative angles lose their sign instead of being turned by half a turn",
    "Draw the slopes (1, -1) and (1, 1). Do they lie along the same line?",
)
def angles_folded(gray, cell=8, bins=9):
    dy, dx = np.gradient(gray)
    orientation = np.abs(np.degrees(np.arctan2(dy, dx))) % 180
    return _gathered(np.hypot(dx, dy), orientation, cell, bins)


@misconception(
    "the bins span a full turn instead of half of one",
    "An edge from dark to light and one from light to dark lie the same way. "
    "Do they share a bin in your histogram?",
)
def bins_of_full_turn(gray, cell=8, bins=9):
    dy, dx = np.gradient(gray)
    orientation = np.degrees(np.arctan2(dy, dx)) % 360
    return _gathered(np.hypot(dx, dy), orientation, cell, bins, 360)


@misconception(
    "the slopes down and to the right are exchanged",
    "A picture that grows lighter to the right: which bin should it fill? "
    "np.gradient begins with the first axis; which one is that?",
)
def slopes_exchanged(gray, cell=8, bins=9):
    dx, dy = np.gradient(gray)
    orientation = np.degrees(np.arctan2(dy, dx)) % 180
    return _gathered(np.hypot(dx, dy), orientation, cell, bins)


@misconception(
    "the orientation is that of the edge, not of the slope across it",
    "A picture that grows lighter to the right: which way does the slope point, and "
    "which bin is that?",
)
def edges_not_slopes(gray, cell=8, bins=9):
    magnitude, orientation = slopes_of(gray)
    return _gathered(magnitude, (orientation + 90) % 180, cell, bins)


@misconception(
    "every pixel counts the same, whatever its magnitude",
    "Should noise in a flat sky weigh as much as a sharp edge? What does a pixel put "
    "into its bin?",
)
def pixels_counted(gray, cell=8, bins=9):
    magnitude, orientation = slopes_of(gray)
    return _gathered(np.ones_like(magnitude), orientation, cell, bins)


@misconception(
    "every cell is normalised",
    "Add up your histograms and compare with the magnitude of the picture. "
    "The text asks for one thing less than the original paper.",
)
def cells_normalised(gray, cell=8, bins=9):
    magnitude, orientation = slopes_of(gray)
    found = _gathered(magnitude, orientation, cell, bins).reshape(-1, bins)
    return (found / (np.linalg.norm(found, axis=1, keepdims=True) + 1e-12)).ravel()


@misconception(
    "the whole feature is normalised",
    "Add up your histograms and compare with the magnitude of the picture. "
    "The text asks for no division at the end.",
)
def whole_normalised(gray, cell=8, bins=9):
    magnitude, orientation = slopes_of(gray)
    found = _gathered(magnitude, orientation, cell, bins)
    return found / (np.linalg.norm(found) + 1e-12)


@misconception(
    "the mean of a cell is taken instead of the sum",
    "Add up your histograms and compare with the magnitude of the picture. "
    "What is the ratio?",
)
def mean_of_the_cell(gray, cell=8, bins=9):
    magnitude, orientation = slopes_of(gray)
    return _gathered(magnitude, orientation, cell, bins) / cell**2


@misconception(
    "the cells are taken column by column",
    "After the first cell, does yours move right or down? Which does the text say?",
)
def columns_first(gray, cell=8, bins=9):
    magnitude, orientation = slopes_of(gray)
    found = _gathered(magnitude, orientation, cell, bins)
    rows, columns = gray.shape[0] // cell, gray.shape[1] // cell
    return found.reshape(rows, columns, bins).transpose(1, 0, 2).ravel()


@misconception(
    "the bins come first, then the cells",
    "Are the bins of one cell neighbours in your feature? Look at the order of the "
    "axes before you flatten them.",
)
def bins_first(gray, cell=8, bins=9):
    magnitude, orientation = slopes_of(gray)
    return _gathered(magnitude, orientation, cell, bins).reshape(-1, bins).T.ravel()


@misconception(
    "a magnitude is shared between the two nearest bins",
    "How many bins does one pixel fill in your histogram, and how many does the text "
    "say?",
)
def shared_between_bins(gray, cell=8, bins=9):
    magnitude, orientation = slopes_of(gray)
    place = orientation * bins / 180 - 0.5
    low = np.floor(place)
    share = place - low
    centres = [(k % bins + 0.5) * 180 / bins for k in (low, low + 1)]
    first = _gathered(magnitude * (1 - share), centres[0], cell, bins)
    return first + _gathered(magnitude * share, centres[1], cell, bins)


@misconception(
    "the gradient is taken in each cell apart",
    "A pixel at the edge of a cell has neighbours in the next one. Does your slope "
    "look at them?",
)
def gradient_in_cells(gray, cell=8, bins=9):
    magnitude, orientation = np.zeros(gray.shape), np.zeros(gray.shape)
    for i in range(0, gray.shape[0] // cell * cell, cell):
        for j in range(0, gray.shape[1] // cell * cell, cell):
            block = np.s_[i : i + cell, j : j + cell]
            magnitude[block], orientation[block] = slopes_of(gray[block])
    return _gathered(magnitude, orientation, cell, bins)


@misconception(
    "the picture is cut to whole cells before the gradient is taken",
    "The last pixel of the last cell has neighbours beyond it in the picture. Does "
    "your slope look at them?",
)
def cut_too_early(gray, cell=8, bins=9):
    H, W = gray.shape[0] // cell * cell, gray.shape[1] // cell * cell
    return _gathered(*slopes_of(gray[:H, :W]), cell, bins)


@misconception(
    "half turns fall into no bin",
    "A picture that grows darker to the right: which orientation do you give it, and "
    "is that below the upper end of the last bin?",
)
def half_turn_lost(gray, cell=8, bins=9):
    dy, dx = np.gradient(gray)
    orientation = np.degrees(np.arctan2(dy, dx))
    orientation = np.where(orientation < 0, orientation + 180, orientation)
    magnitude = np.hypot(dx, dy) * (orientation < 180)
    return _gathered(magnitude, orientation, cell, bins)


@misconception(
    "the size of the cells and the number of bins are fixed in the code",
    "Call your function twice with different values of cell and bins and compare.",
)
def sizes_fixed(gray, cell=8, bins=9):
    magnitude, orientation = slopes_of(gray)
    return _gathered(magnitude, orientation, 8, 9)


@misconception(
    "the result keeps its axes instead of being one row of numbers",
    "What is the shape of what you return? A classifier takes one row for each "
    "picture.",
)
def not_flattened(gray, cell=8, bins=9):
    magnitude, orientation = slopes_of(gray)
    found = _gathered(magnitude, orientation, cell, bins)
    return found.reshape(gray.shape[0] // cell, gray.shape[1] // cell, bins)


@misconception(
    "only the strongest orientation of each cell is kept",
    "Add up your histograms and compare with the magnitude of the picture. Which bins "
    "of a cell are empty in yours?",
)
def strongest_only(gray, cell=8, bins=9):
    magnitude, orientation = slopes_of(gray)
    found = _gathered(magnitude, orientation, cell, bins).reshape(-1, bins)
    strongest = found == found.max(axis=1, keepdims=True)
    return np.where(strongest, found, 0.0).ravel()


@misconception(
    "an orientation goes to the nearest edge of a bin, not into its bin",
    "Where does the first of nine bins begin, and where does it end? Try an angle just "
    "below its end.",
)
def bins_rounded(gray, cell=8, bins=9):
    magnitude, orientation = slopes_of(gray)
    nearest = np.round(orientation * bins / 180) % bins
    return _gathered(magnitude, (nearest + 0.5) * 180 / bins, cell, bins)

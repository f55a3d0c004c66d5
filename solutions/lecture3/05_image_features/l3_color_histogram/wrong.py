"""Histogram of hues: misconceptions."""

import numpy as np

from autograder.exercise import misconception

from .hues import hues_of


@misconception(
    "the bins count pixels instead of giving their share",
    "Two pictures of one scene in two sizes should have the same histogram. "
    "What does yours add up to?",
)
def counts_returned(image, num_bins):
    return np.histogram(hues_of(image), bins=num_bins, range=(0, 1))[0].astype(float)


@misconception(
    "the bins span the hues that occur, not all hues",
    "Where does the first bin begin in a picture that is all blue? "
    "Look at what np.histogram does when it is told only how many bins there are.",
)
def range_of_the_data(image, num_bins):
    counts, _ = np.histogram(hues_of(image), bins=num_bins)
    return counts / counts.sum()


@misconception(
    "a density is returned, whose area is one, not its sum",
    "Add up what you return. What does the word density mean in np.histogram?",
)
def density_returned(image, num_bins):
    return np.histogram(hues_of(image), bins=num_bins, range=(0, 1), density=True)[0]


@misconception(
    "grey pixels are left out",
    "A grey pixel has a bin by the convention of the text. Does every pixel count "
    "once in yours?",
)
def grey_left_out(image, num_bins):
    hue = hues_of(image)[np.ptp(image, axis=-1) > 0]
    counts = np.histogram(hue, bins=num_bins, range=(0, 1))[0]
    return counts / max(len(hue), 1)


@misconception(
    "pixels are weighted by their saturation",
    "How much should a pale pixel count, compared with a vivid one?",
)
def weighted_by_saturation(image, num_bins):
    top = image.max(axis=-1)
    weight = np.ptp(image, axis=-1) / np.where(top > 0, top, 1)
    counts = np.histogram(hues_of(image), num_bins, (0, 1), weights=weight)[0]
    return counts / max(counts.sum(), 1e-12)


@misconception(
    "the hues between blue and red are negative and fall out of the bins",
    "Print the smallest hue of a crimson or pink pixel. What should happen to hues "
    "below zero on a circle?",
)
def negative_hues_lost(image, num_bins):
    hue = hues_of(image)
    hue = np.where(hue > 5 / 6, hue - 1, hue)
    counts = np.histogram(hue, bins=num_bins, range=(0, 1))[0]
    return counts / hue.size


@misconception(
    "the hues between blue and red are taken as pure red",
    "Hue is a circle: where on it does a hue just below zero lie?",
)
def negative_hues_clipped(image, num_bins):
    hue = hues_of(image)
    hue = np.where(hue > 5 / 6, 0, hue)
    counts = np.histogram(hue, bins=num_bins, range=(0, 1))[0]
    return counts / hue.size


@misconception(
    "the brightness is counted, not the hue",
    "Of the three parts of a colour in HSV, which one does the exercise name?",
)
def brightness_counted(image, num_bins):
    value = image.max(axis=-1)
    counts = np.histogram(value, bins=num_bins, range=(0, 1))[0]
    return counts / value.size


@misconception(
    "the numbers of all three channels are counted, not the hue",
    "How many numbers does one pixel put into your histogram, and how many should it?",
)
def channels_counted(image, num_bins):
    counts = np.histogram(image, bins=num_bins, range=(0, 1))[0]
    return counts / image.size


@misconception(
    "the channels are read as blue, green, red",
    "Which bin does a pure red picture fall into? Which channel does the text put "
    "first?",
)
def channels_reversed(image, num_bins):
    counts = np.histogram(hues_of(image[..., ::-1]), bins=num_bins, range=(0, 1))[0]
    return counts / counts.sum()


@misconception(
    "the sum is divided by the number of bins or rows, not of pixels",
    "Add up what you return. What is the length of an array with several axes?",
)
def divided_by_rows(image, num_bins):
    return np.histogram(hues_of(image), bins=num_bins, range=(0, 1))[0] / len(image)


@misconception(
    "every hue is rounded to the nearest bin",
    "A bin begins where its number says and ends where the next begins. "
    "What does rounding do with a hue in the upper half of a bin?",
)
def bins_rounded(image, num_bins):
    index = np.round(hues_of(image) * num_bins).astype(int) % num_bins
    return np.bincount(index.ravel(), minlength=num_bins) / index.size


@misconception(
    "the hue is multiplied by one bin too few, so that the last one stays empty",
    "How wide is each of your bins? Try a hue just below one.",
)
def one_bin_too_few(image, num_bins):
    bins = (hues_of(image) * (num_bins - 1)).astype(int)
    return np.bincount(bins.ravel(), minlength=num_bins) / bins.size

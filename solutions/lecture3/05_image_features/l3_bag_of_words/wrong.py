"""Bag of visual words: misconceptions."""

import numpy as np

from autograder.exercise import misconception


def _distances(patches, centroids):
    return np.linalg.norm(patches[:, None, :] - centroids[None, :, :], axis=2)


@misconception(
    "the patches are counted, not their share",
    "A picture with twice as many patches should not have a bag twice as full. "
    "What does yours add up to?",
)
def shares_forgotten(patches, centroids):
    nearest = _distances(patches, centroids).argmin(axis=1)
    return np.bincount(nearest, minlength=len(centroids)).astype(float)


@misconception(
    "the counts are divided by the number of words, not of patches",
    "What does your histogram add up to, and what should it?",
)
def divided_by_words(patches, centroids):
    nearest = _distances(patches, centroids).argmin(axis=1)
    return np.bincount(nearest, minlength=len(centroids)) / len(centroids)


@misconception(
    "each word picks its nearest patch, instead of each patch its word",
    "How many votes are cast in your code: one for each patch, or one for each word? "
    "Look at the axis of the minimum.",
)
def words_choose(patches, centroids):
    nearest = _distances(patches, centroids).argmin(axis=0) % len(centroids)
    return np.bincount(nearest, minlength=len(centroids)) / len(centroids)


@misconception(
    "the farthest word is taken instead of the nearest",
    "A patch that equals a word: which word does your code count for it?",
)
def farthest_word(patches, centroids):
    farthest = _distances(patches, centroids).argmax(axis=1)
    return np.bincount(farthest, minlength=len(centroids)) / len(patches)


@misconception(
    "the word with the largest product is taken, not the nearest",
    "A product grows with the length of the word. Can a far word beat one that equals "
    "the patch?",
)
def largest_product(patches, centroids):
    best = (patches @ centroids.T).argmax(axis=1)
    return np.bincount(best, minlength=len(centroids)) / len(patches)


@misconception(
    "the distance is the sum of absolute differences",
    "Two distances are used in the course, L1 and L2. Which one does k-means use?",
)
def sum_of_differences(patches, centroids):
    distance = np.abs(patches[:, None, :] - centroids[None, :, :]).sum(axis=2)
    nearest = distance.argmin(axis=1)
    return np.bincount(nearest, minlength=len(centroids)) / len(patches)


@misconception(
    "differences are added with their signs",
    "Can two patches that differ in every pixel have distance zero in your code?",
)
def signs_kept(patches, centroids):
    distance = np.abs((patches[:, None, :] - centroids[None, :, :]).sum(axis=2))
    nearest = distance.argmin(axis=1)
    return np.bincount(nearest, minlength=len(centroids)) / len(patches)


@misconception(
    "the histogram ends at the last word that occurs",
    "Two pictures must give histograms of the same length. What is the length of "
    "yours when the last words do not occur?",
)
def too_short(patches, centroids):
    nearest = _distances(patches, centroids).argmin(axis=1)
    return np.bincount(nearest) / len(patches)


@misconception(
    "the words of the patches are returned, not their histogram",
    "What is the length of what you return? A bag has one entry for each word.",
)
def words_returned(patches, centroids):
    return _distances(patches, centroids).argmin(axis=1)


@misconception(
    "every word gets a share of every patch",
    "How many words does one patch stand for in your code, and how many in the text?",
)
def soft_votes(patches, centroids):
    weight = np.exp(-(_distances(patches, centroids) ** 2))
    weight = weight / np.maximum(weight.sum(axis=1, keepdims=True), 1e-300)
    return weight.mean(axis=0)


@misconception(
    "the histogram is scaled to length one, not to sum one",
    "Add up what you return. Which norm makes shares of it?",
)
def length_one(patches, centroids):
    nearest = _distances(patches, centroids).argmin(axis=1)
    counts = np.bincount(nearest, minlength=len(centroids)).astype(float)
    return counts / np.linalg.norm(counts)


@misconception(
    "the counts are divided by the largest of them",
    "What should the entries of the histogram add up to? What do yours?",
)
def divided_by_largest(patches, centroids):
    squares = np.sum((patches[:, None, :] - centroids) ** 2, axis=2)
    counts = np.bincount(squares.argmin(axis=1), minlength=len(centroids))
    return counts / counts.max()

"""Bag of visual words: right in other ways."""

import numpy as np

from autograder.exercise import variant


@variant("squared distances by broadcasting, and bincount", usual=True)
def by_broadcasting(patches, centroids):
    squared = np.sum((patches[:, None] - centroids) ** 2, axis=-1)
    nearest = np.argmin(squared, axis=1)
    return np.bincount(nearest, minlength=len(centroids)) / len(patches)


@variant("the square written out, and a mean of one-hot rows")
def by_product(patches, centroids):
    score = patches @ centroids.T - 0.5 * np.sum(centroids**2, axis=1)
    return np.eye(len(centroids))[score.argmax(axis=1)].mean(axis=0)


@variant("a loop, the last of equals taken")
def by_loop(patches, centroids):
    K = centroids.shape[0]
    histogram = np.zeros(K)
    for patch in patches:
        distance = np.linalg.norm(centroids - patch, axis=1)
        histogram[K - 1 - np.argmin(distance[::-1])] += 1
    histogram /= histogram.sum()
    return histogram


@variant("np.histogram, a list returned")
def by_unit_bins(patches, centroids):
    nearest = [int(np.argmin(((p - centroids) ** 2).sum(axis=1))) for p in patches]
    counts, _ = np.histogram(nearest, bins=np.arange(len(centroids) + 1) - 0.5)
    return [float(count) / len(nearest) for count in counts]

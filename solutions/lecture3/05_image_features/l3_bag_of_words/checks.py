"""Bag of visual words: reference and hidden checks."""

import math

import numpy as np

from autograder.exercise import Exercise, Student, check

from ....tolerance import SINGLE

EXERCISE = Exercise(
    points=2,
    names=("bag_of_words",),
    title="Bag of visual words",
)


def bag_of_words(patches, centroids):
    """Return the share of the patches that are nearest to each centroid."""
    counts = np.zeros(len(centroids))
    for patch in patches.astype(float):
        distances = [math.dist(patch, c) for c in centroids.astype(float)]
        counts[distances.index(min(distances))] += 1
    return counts / len(patches)


def _patches(
    rng: np.random.Generator, P: int, K: int, D: int
) -> tuple[np.ndarray, np.ndarray]:
    """Draw patches and centroids with no patch nearly as far from two centroids."""
    centroids = rng.standard_normal((K, D)) * rng.uniform(0.3, 3, size=(K, 1))
    patches = rng.standard_normal((P, D))
    for p in range(P):
        while K > 1:
            near = np.sort(np.linalg.norm(patches[p] - centroids, axis=1))
            if near[1] - near[0] > 1e-3:
                break
            patches[p] = rng.standard_normal(D)
    return patches, centroids


@check("many patches, some words", 0.7)
def many(student: Student, rng: np.random.Generator) -> None:
    for P, K, D in ((30, 5, 4), (50, 8, 12)):
        student.agrees("bag_of_words", *_patches(rng, P, K, D))


@check("more words than patches, one patch, one word", 0.4)
def few(student: Student, rng: np.random.Generator) -> None:
    for P, K, D in ((4, 9, 3), (1, 5, 6), (7, 1, 3), (6, 6, 6), (5, 3, 1)):
        student.agrees("bag_of_words", *_patches(rng, P, K, D))


@check("words that no patch is near", 0.4)
def unused(student: Student, rng: np.random.Generator) -> None:
    patches, centroids = _patches(rng, 12, 4, 5)
    far = np.full((3, 5), 50.0)
    student.agrees("bag_of_words", patches, np.vstack([centroids, far]))
    student.agrees("bag_of_words", patches, np.vstack([far, centroids]))


@check("patches that are the words themselves, float32", 0.3)
def themselves(student: Student, rng: np.random.Generator) -> None:
    _, centroids = _patches(rng, 1, 6, 5)
    repeats = centroids[np.repeat(np.arange(6), rng.integers(1, 5, size=6))]
    student.agrees("bag_of_words", repeats, centroids)
    patches, centroids = _patches(rng, 20, 5, 4)
    single = patches.astype(np.float32), centroids.astype(np.float32)
    student.agrees("bag_of_words", *single, **SINGLE)


@check("patches and centroids are left as they were", 0.2, inputs=True)
def inputs(student: Student, rng: np.random.Generator) -> None:
    student.agrees("bag_of_words", *_patches(rng, 12, 5, 4))

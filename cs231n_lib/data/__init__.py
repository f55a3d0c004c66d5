"""Data sets of the notebooks; every loader returns a :class:`Dataset`."""

from cs231n_lib.data.cifar10 import load_cifar10
from cs231n_lib.data.dataset import Dataset, add_bias
from cs231n_lib.data.digits import load_digits
from cs231n_lib.data.images import load_images
from cs231n_lib.data.shapes import make_shapes
from cs231n_lib.data.spirals import make_spirals

__all__ = [
    "Dataset",
    "add_bias",
    "load_cifar10",
    "load_digits",
    "load_images",
    "make_shapes",
    "make_spirals",
]

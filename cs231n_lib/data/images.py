"""The one switch: which images the training cells of the notebooks take."""

from __future__ import annotations

import os
from collections.abc import Callable

from cs231n_lib.data.cifar10 import NUM_TEST, NUM_TRAIN, NUM_VAL, load_cifar10
from cs231n_lib.data.dataset import Dataset
from cs231n_lib.data.digits import load_digits

VARIABLE = "CS231N_DATASET"
SIZES = {  # images to train, to validate, to test
    "cifar10": (NUM_TRAIN, NUM_VAL, NUM_TEST),
    "cifar10-small": (4_000, 1_000, 1_000),
}


def load_images(
    otherwise: Callable[[], Dataset] = load_digits, *, num_train: int | None = None
) -> Dataset:
    """Load the images that the environment variable ``CS231N_DATASET`` asks for.

    ==================  ============================================================
    ``CS231N_DATASET``  images to train, to validate and to test
    ==================  ============================================================
    not set, or empty   what `otherwise` returns: the embedded digits
    ``cifar10``         CIFAR-10, 49,000, 1,000 and 10,000; about 3 GB of memory
    ``cifar10-small``   the first of them, 4,000, 1,000 and 1,000
    ==================  ============================================================

    CIFAR-10 has to be there: see :func:`load_cifar10` for where it is looked for. Set
    the variable before Jupyter starts, or in the first cell with
    ``os.environ["CS231N_DATASET"] = "cifar10"``.

    Parameters
    ----------
    otherwise : callable
        Makes the data where CIFAR-10 is not asked for.
    num_train : int, optional
        At most so many images of CIFAR-10 to train on, for a notebook that could not
        train on all of them in a few minutes.

    Returns
    -------
    Dataset
        ``name`` is ``"CIFAR-10"`` where it was asked for.

    Raises
    ------
    ValueError
        If the variable holds another value, or a file of CIFAR-10 is damaged.
    FileNotFoundError, OSError
        If CIFAR-10 is asked for and is not there or cannot be read.

    Examples
    --------
    >>> load_images().name
    'digits'
    """
    asked = os.environ.get(VARIABLE, "").strip().lower()
    if not asked:
        return otherwise()
    if asked not in SIZES:
        raise ValueError(
            f"{VARIABLE} must be one of {', '.join(SIZES)} or not set, got {asked!r}"
        )
    most, num_val, num_test = SIZES[asked]
    return load_cifar10(
        num_train=min(most, num_train or most), num_val=num_val, num_test=num_test
    )

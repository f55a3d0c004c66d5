"""Make ``cs231n_lib/data/digits.npz`` from the digits file of scikit-learn.

Usage::

    pip download --no-deps --only-binary :all: scikit-learn
    python scripts/make_digits.py scikit_learn-*.whl

The argument is a scikit-learn wheel, or the file ``digits.csv.gz`` out of it. Its
SHA-256 is checked before anything is read. Each line holds 64 pixels (0 to 16) and the
label. The images are sorted by the SHA-256 of their pixels, which mixes classes and
writers and depends on no random generator, so that a split by position is a fair one.
The result is stored without compression: it is byte-identical on every machine.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import zipfile
from pathlib import Path

import numpy as np

MEMBER = "sklearn/datasets/data/digits.csv.gz"
SOURCE_SHA256 = "09f66e6debdee2cd2b5ae59e0d6abbb73fc2b0e0185d2e1957e9ebb51e23aa22"
TARGET = Path(__file__).parents[1] / "cs231n_lib" / "data" / "digits.npz"


def read_source(path: Path) -> bytes:
    """Return the bytes of ``digits.csv.gz`` from a wheel or from the file itself.

    Raises
    ------
    ValueError
        If they are not the bytes that the stored file was made from.
    """
    if path.suffix == ".whl":
        with zipfile.ZipFile(path) as wheel:
            packed = wheel.read(MEMBER)
    else:
        packed = path.read_bytes()
    found = hashlib.sha256(packed).hexdigest()
    if found != SOURCE_SHA256:
        raise ValueError(f"{path}: SHA-256 is {found}, expected {SOURCE_SHA256}")
    return packed


def convert(packed: bytes) -> tuple[np.ndarray, np.ndarray]:
    """Turn the packed lines into images (N, 8, 8) uint8 and labels (N,) uint8."""
    lines = gzip.decompress(packed).decode("ascii").split()
    table = np.array([line.split(",") for line in lines]).astype(np.uint8)  # (N, 65)
    keys = [hashlib.sha256(row[:64].tobytes()).digest() for row in table]
    table = table[sorted(range(len(table)), key=keys.__getitem__)]
    return table[:, :64].reshape(-1, 8, 8), table[:, 64]


def main() -> None:
    """Read the source named on the command line and write the target."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("source", type=Path, help="scikit-learn wheel or digits.csv.gz")
    parser.add_argument("--out", type=Path, default=TARGET)
    options = parser.parse_args()
    images, labels = convert(read_source(options.source))
    np.savez(options.out, images=images, labels=labels)
    found = hashlib.sha256(options.out.read_bytes()).hexdigest()
    print(f"{options.out.name}: {len(images)} images, SHA-256 {found}")


if __name__ == "__main__":
    main()

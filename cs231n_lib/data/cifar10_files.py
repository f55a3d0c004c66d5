"""The files of CIFAR-10: where they are, what is in them, whether they are whole.

Nothing is unpickled before its MD5 sum is that of the published file, and what is
unpickled are the very bytes that were summed. Nothing is unpacked to the disk.
"""

from __future__ import annotations

import errno
import hashlib
import io
import os
import pickle
import shutil
import tarfile
from pathlib import Path
from typing import Any

import numpy as np

URL = "https://www.cs.toronto.edu/~kriz/cifar-10-python.tar.gz"
ARCHIVE = "cifar-10-python.tar.gz"
FOLDER = "cifar-10-batches-py"
ARCHIVE_FORM = (170_498_071, "c58f30108f718f92721af3b95e74349a")  # bytes, MD5
FORMS = {  # of the files in the archive, in the order of the images
    "data_batch_1": (31_035_704, "c99cafc152244af753f735de768cd75f"),
    "data_batch_2": (31_035_320, "d4bba439e000b95fd0a9bffe97cbabec"),
    "data_batch_3": (31_035_999, "54ebc095f3ab1f0389bbae665268c751"),
    "data_batch_4": (31_035_696, "634d18415352ddfa80567beed471001a"),
    "data_batch_5": (31_035_623, "482c414d41f54cd18b22e5b47cb7c3cb"),
    "test_batch": (31_035_526, "40351d587109b95175f43aff81a1287e"),
    "batches.meta": (158, "5ff9c542aee3614f3951f8cda6e48888"),
}
GET_IT = (
    f"load_cifar10(download=True) fetches it (163 MB), or save {URL} in a folder "
    "and set CS231N_DATA to that folder"
)


class DataError(Exception):
    """Data that cannot be had; Jupyter shows its one line alone."""

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


class MissingDataError(DataError, FileNotFoundError):
    """The data are not where they were looked for."""


class DamagedDataError(DataError, ValueError):
    """A file is not the published one."""


class UnreachableDataError(DataError, OSError):
    """A file cannot be read, fetched or stored."""


def read_files(
    root: str | Path | None = None, download: bool = False
) -> dict[str, dict[bytes, Any]]:
    """Find the archive or its unpacked folder, check it and read what it holds.

    Parameters
    ----------
    root : path, optional
        The archive, the unpacked folder, or a folder that holds one of the two. By
        default the folder that the environment variable ``CS231N_DATA`` names, else
        the cache folder ``cs231n`` of the user.
    download : bool
        Whether to fetch the archive if it is not there or not whole.

    Returns
    -------
    dict
        What each file of :data:`FORMS` holds: ``data`` (10000, 3072) uint8 and
        ``labels``, a list of 10,000 int, with bytes as keys.

    Raises
    ------
    MissingDataError, DamagedDataError, UnreachableDataError
        A FileNotFoundError, a ValueError and an OSError, with one line that says
        what to do.
    """
    place = _place(root)
    found = _find(place)
    if download and (found is None or found.is_file()):
        found = _download(place.parent if _names_a_file(place) else place)
    if found is None:
        raise MissingDataError(f"CIFAR-10 is not in {place}: {GET_IT}")
    raw = _read_folder(found) if found.is_dir() else _read_archive(found)
    return {name: _unpickle(name, data) for name, data in raw.items()}


def _place(root: str | Path | None) -> Path:
    root = root or os.environ.get("CS231N_DATA")
    if root:
        return Path(root).expanduser()
    try:
        import pooch
    except ModuleNotFoundError:
        raise MissingDataError(
            "CIFAR-10 needs pooch to find its cache: python -m pip install pooch "
            "tqdm, or set CS231N_DATA to the folder that holds CIFAR-10"
        ) from None
    return Path(pooch.os_cache("cs231n"))


def _names_a_file(place: Path) -> bool:
    return place.is_file() or place.name.endswith(".tar.gz")


def _find(place: Path) -> Path | None:
    """Return the archive or the folder with the batches."""
    try:
        if place.is_file() or (place / "data_batch_1").is_file():
            return place
        for candidate in (place / FOLDER, place / ARCHIVE):
            if candidate.exists():
                return candidate
    except OSError as error:
        raise UnreachableDataError(f"cannot read {place}: {error.strerror}") from None
    return None


def _read_folder(folder: Path) -> dict[str, bytes]:
    again = f"remove the folder and unpack {ARCHIVE} again"
    return {name: _read(folder / name, FORMS[name], again) for name in FORMS}


def _read_archive(path: Path) -> dict[str, bytes]:
    again = "remove it and fetch it again, as with load_cifar10(download=True)"
    packed = _read(path, ARCHIVE_FORM, again)
    raw = {}
    with tarfile.open(fileobj=io.BytesIO(packed), mode="r:gz") as archive:
        for name, form in FORMS.items():
            member = archive.extractfile(f"{FOLDER}/{name}")
            raw[name] = member.read() if member else b""
            _check(raw[name], form, f"{path}, file {name},", again)
    return raw


def _read(path: Path, form: tuple[int, str], again: str) -> bytes:
    """Read a file once and return its bytes if they are the published ones."""
    try:
        size = path.stat().st_size
        # Whatever has another size is not read at all: it may be of any length.
        data = path.read_bytes() if size == form[0] else b""
    except FileNotFoundError:
        raise MissingDataError(f"{path} is missing: {again}") from None
    except OSError as error:
        raise UnreachableDataError(f"cannot read {path}: {error.strerror}") from None
    if size != form[0]:
        what = "is cut short" if size < form[0] else "is no file of CIFAR-10"
        raise DamagedDataError(
            f"{path} {what}: {size:,} bytes, expected {form[0]:,}; {again}"
        )
    _check(data, form, str(path), again)
    return data


def _check(data: bytes, form: tuple[int, str], where: str, again: str) -> None:
    found = hashlib.md5(data, usedforsecurity=False).hexdigest()
    if found != form[1]:
        raise DamagedDataError(
            f"{where} has been changed: MD5 {found}, expected {form[1]}; {again}"
        )


def _dtype(code: bytes, align: int = 0, copy: int = 1) -> np.dtype:
    # Called by the pickle, which Python 2 wrote: bytes for str, numbers for bool.
    return np.dtype(code.decode("ascii"), align=bool(align), copy=bool(copy))


class BatchUnpickler(pickle.Unpickler):
    """Knows numpy arrays beside dict, list, bytes and numbers, and nothing else."""

    allowed = {  # noqa: RUF012 - a constant
        ("numpy.core.multiarray", "_reconstruct"): np.empty(0).__reduce__()[0],
        ("numpy", "ndarray"): np.ndarray,
        ("numpy", "dtype"): _dtype,
    }

    def find_class(self, module: str, name: str) -> Any:
        """Return a class or function that a batch needs; refuse every other."""
        if (module, name) not in self.allowed:
            raise pickle.UnpicklingError(f"{module}.{name} has no business in it")
        return self.allowed[module, name]


def _unpickle(name: str, data: bytes) -> dict[bytes, Any]:
    try:
        content = BatchUnpickler(io.BytesIO(data), encoding="bytes").load()
    except Exception as error:  # a broken pickle may raise anything
        raise DamagedDataError(f"{name} cannot be read as CIFAR-10: {error}") from None
    wanted = (b"label_names",) if name == "batches.meta" else (b"data", b"labels")
    if not isinstance(content, dict) or any(key not in content for key in wanted):
        raise DamagedDataError(
            f"{name} cannot be read as CIFAR-10: entries are missing"
        )
    return content


def _download(folder: Path) -> Path:
    """Fetch the archive into a folder, unless it is there already, and return it."""
    try:
        import pooch
        import tqdm  # noqa: F401 - draws pooch's progress bar
    except ModuleNotFoundError as error:
        raise UnreachableDataError(
            f"a download needs {error.name}: python -m pip install pooch tqdm"
        ) from None
    size, md5 = ARCHIVE_FORM
    no_room = f"no room for CIFAR-10 in {folder}: {size / 1e6:.0f} MB are needed"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not (folder / ARCHIVE).exists() and shutil.disk_usage(folder).free < size:
            raise UnreachableDataError(no_room)
        path = pooch.retrieve(URL, f"md5:{md5}", ARCHIVE, folder, progressbar=True)
    except DataError:
        raise
    except ValueError:  # pooch: another sum; it keeps nothing
        raise DamagedDataError(
            f"what came from {URL} is not the archive (cut short or changed on the "
            "way) and was not kept: try again"
        ) from None
    except OSError as error:  # those of requests are OSErrors without a number
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise UnreachableDataError(no_room) from None
        if error.errno is not None:
            raise UnreachableDataError(
                f"cannot store CIFAR-10 in {folder}: {error.strerror}"
            ) from None
        raise UnreachableDataError(
            f"cannot fetch {URL} ({type(error).__name__}): is there a network? Or "
            f"save it by other means as {folder / ARCHIVE}"
        ) from None
    return Path(path)

"""CIFAR-10: found, checked, read and split; every way in which that can fail."""

from __future__ import annotations

import errno
import gzip
import hashlib
import io
import pickle
import shutil
import struct
import sys
import tarfile
import types

import numpy as np
import pytest

import cs231n_lib.data.cifar10 as cifar10
import cs231n_lib.data.cifar10_files as files
from cs231n_lib.data import load_cifar10, load_images

SIZE = 12  # images in each of the small batches
NAMES = "airplane automobile bird cat deer dog frog horse ship truck".split()


class Python2Pickler(pickle._Pickler):
    """Writes what cPickle of Python 2 wrote: the form of the published files."""

    dispatch = pickle._Pickler.dispatch.copy()

    def reducer_override(self, obj):
        if isinstance(obj, np.dtype):
            state = (3, "|", None, None, None, -1, -1, 0)
            return np.dtype, (obj.str[1:], 0, 1), state
        return NotImplemented

    def save_string(self, obj):
        data = obj if isinstance(obj, bytes) else obj.encode("ascii")
        if len(data) < 256:
            self.write(pickle.SHORT_BINSTRING + bytes([len(data)]) + data)
        else:
            self.write(pickle.BINSTRING + struct.pack("<i", len(data)) + data)
        self.memoize(obj)

    def save_global(self, obj, name=None):
        if obj.__name__ == "_reconstruct":
            self.write(b"cnumpy.core.multiarray\n_reconstruct\n")
        else:
            self.write(f"c{obj.__module__}\n{obj.__name__}\n".encode())
        self.memoize(obj)

    dispatch[bytes] = dispatch[str] = save_string
    dispatch[type] = dispatch[types.FunctionType] = save_global
    dispatch[types.BuiltinFunctionType] = save_global


def python2_pickle(obj: object) -> bytes:
    file = io.BytesIO()
    Python2Pickler(file, protocol=2).dump(obj)
    return file.getvalue()


def small_contents() -> dict[str, dict]:
    rng = np.random.default_rng(3)
    contents = {}
    for name in files.FORMS:
        images = rng.integers(256, size=(SIZE, 3072)).astype(np.uint8)
        contents[name] = {
            "batch_label": f"batch {name}",
            "labels": [int(label) for label in rng.integers(10, size=SIZE)],
            "data": images,
            "filenames": [f"{i}.png" for i in range(SIZE)],
        }
    contents["batches.meta"] = {
        "num_cases_per_batch": SIZE,
        "label_names": NAMES,
        "num_vis": 3072,
    }
    return contents


def form(data: bytes) -> tuple[int, str]:
    return len(data), hashlib.md5(data, usedforsecurity=False).hexdigest()


def pack(raw: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        for name, data in raw.items():
            member = tarfile.TarInfo(f"{files.FOLDER}/{name}")
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return gzip.compress(file.getvalue(), mtime=0)


def publish(monkeypatch, raw: dict[str, bytes]) -> bytes:
    """Make these files the published ones and return their archive."""
    packed = pack(raw)
    forms = {name: form(data) for name, data in raw.items()}
    monkeypatch.setattr(files, "FORMS", forms)
    monkeypatch.setattr(files, "ARCHIVE_FORM", form(packed))
    return packed


@pytest.fixture
def raw(monkeypatch, tmp_path) -> dict[str, bytes]:
    """Small files in the published form, and a machine that has none of its own."""
    raw = {name: python2_pickle(made) for name, made in small_contents().items()}
    publish(monkeypatch, raw)
    monkeypatch.setattr(cifar10, "BATCH_SIZE", SIZE)
    monkeypatch.setattr(cifar10, "NUM_TRAIN", 5 * SIZE - 7)
    monkeypatch.setattr(cifar10, "NUM_VAL", 7)
    monkeypatch.setattr(cifar10, "NUM_TEST", SIZE)
    sizes = {"cifar10": (5 * SIZE - 7, 7, SIZE), "cifar10-small": (9, 4, 5)}
    monkeypatch.setattr("cs231n_lib.data.images.SIZES", sizes)
    monkeypatch.delenv("CS231N_DATA", raising=False)
    monkeypatch.delenv("CS231N_DATASET", raising=False)
    monkeypatch.setattr("pooch.os_cache", lambda project: tmp_path / "cache" / project)
    return raw


@pytest.fixture
def folder(raw, tmp_path):
    folder = tmp_path / "data" / files.FOLDER
    folder.mkdir(parents=True)
    for name, data in raw.items():
        (folder / name).write_bytes(data)
    return folder


@pytest.fixture
def archive(raw, tmp_path):
    path = tmp_path / "packed" / files.ARCHIVE
    path.parent.mkdir()
    path.write_bytes(pack(raw))
    assert form(path.read_bytes()) == files.ARCHIVE_FORM
    return path


def one_line(error: BaseException) -> str:
    """Return what a user reads; it must be a single line, in Jupyter too."""
    message = str(error)
    assert message
    assert "\n" not in message
    assert error._render_traceback_() == [message]
    return message


def test_the_small_pickles_are_in_the_form_that_python_2_wrote(raw) -> None:
    assert raw["data_batch_1"].startswith(b"\x80\x02}q")  # protocol 2, a dict
    assert b"cnumpy.core.multiarray\n_reconstruct\n" in raw["data_batch_1"]
    assert b"_codecs" not in raw["data_batch_1"]


def test_images_labels_and_split(folder) -> None:
    data = load_cifar10(folder)
    made = small_contents()
    batches = [made[f"data_batch_{i}"] for i in range(1, 6)]
    images = np.concatenate([batch["data"] for batch in batches])
    labels = [label for batch in batches for label in batch["labels"]]
    assert data.name == "CIFAR-10"
    assert data.class_names == tuple(NAMES)
    assert data.X_train.shape == (53, 3072)
    assert data.X_val.shape == (7, 3072)
    assert data.X_test.shape == (SIZE, 3072)
    assert data.X_train.dtype == np.float64
    assert data.y_train.dtype == np.int64
    assert list(data.y_train) + list(data.y_val) == labels
    assert list(data.y_test) == made["test_batch"]["labels"]
    for place, row, column, colour in ((0, 0, 0, 0), (14, 3, 31, 1), (52, 20, 9, 2)):
        value = images[place][1024 * colour + 32 * row + column] / 255
        assert data.images("train")[place, row, column, colour] == value
    np.testing.assert_allclose(data.images("val")[2, 5, 6], images[55][166::1024] / 255)
    assert data.X_test.max() <= 1


@pytest.mark.parametrize("what", ["archive", "its folder", "CS231N_DATA", "cache"])
def test_the_archive_gives_the_same_wherever_it_lies(
    what, archive, folder, monkeypatch, tmp_path
) -> None:
    root = {"archive": archive, "its folder": str(archive.parent)}.get(what)
    if what == "CS231N_DATA":
        monkeypatch.setenv("CS231N_DATA", str(archive.parent))
    if what == "cache":
        shutil.copytree(archive.parent, tmp_path / "cache" / "cs231n")
    before = sorted(tmp_path.rglob("*"))
    one, two = load_cifar10(root), load_cifar10(folder.parent)
    for part in ("X_train", "y_train", "X_val", "y_val", "X_test", "y_test"):
        np.testing.assert_array_equal(getattr(one, part), getattr(two, part))
    assert sorted(tmp_path.rglob("*")) == before  # nothing is unpacked to the disk


def test_subsets_are_the_first_of_each_part_and_may_be_float32(folder) -> None:
    whole = load_cifar10(folder)
    some = load_cifar10(folder, num_train=20, num_val=2, num_test=3, dtype=np.float32)
    assert some.X_train.dtype == np.float32
    np.testing.assert_allclose(some.X_train, whole.X_train[:20], rtol=1e-6)
    np.testing.assert_array_equal(some.y_val, whole.y_val[:2])
    np.testing.assert_array_equal(some.y_test, whole.y_test[:3])
    ready = some.centered().with_bias()
    assert ready.X_test.dtype == np.float32
    assert ready.X_test.shape == (3, 3073)


@pytest.mark.parametrize(
    "wrong", [{"num_train": 0}, {"num_val": 8}, {"num_test": -1}, {"dtype": int}]
)
def test_wrong_arguments(folder, wrong) -> None:
    (name,) = wrong
    with pytest.raises(ValueError, match=f"{name} must be .* got"):
        load_cifar10(folder, **wrong)


def test_not_there(raw, tmp_path, monkeypatch) -> None:
    with pytest.raises(FileNotFoundError) as caught:
        load_cifar10(tmp_path / "nowhere")
    message = one_line(caught.value)
    assert str(tmp_path / "nowhere") in message
    assert "download=True" in message
    assert "CS231N_DATA" in message
    with pytest.raises(FileNotFoundError, match="cache"):
        load_cifar10()


def test_a_file_of_the_folder_is_missing(folder) -> None:
    (folder / "data_batch_4").unlink()
    with pytest.raises(FileNotFoundError, match="data_batch_4 is missing") as caught:
        load_cifar10(folder)
    assert "unpack" in one_line(caught.value)


@pytest.mark.parametrize("name", ["archive", "data_batch_2", "batches.meta"])
@pytest.mark.parametrize("fault", ["cut", "longer", "one bit"])
def test_damaged_files_are_refused_before_they_are_unpickled(
    name, fault, archive, folder, monkeypatch
) -> None:
    path = archive if name == "archive" else folder / name
    data = path.read_bytes()
    if fault == "cut":
        data = data[:-10]
    elif fault == "longer":
        data += b"more"
    else:
        data = data[:50] + bytes([data[50] ^ 1]) + data[51:]
    path.write_bytes(data)
    unpickled = []
    monkeypatch.setattr(files, "BatchUnpickler", lambda *a, **k: unpickled.append(a))
    with pytest.raises(ValueError, match=path.name) as caught:
        load_cifar10(path if name == "archive" else folder)
    message = one_line(caught.value)
    words = {"cut": "cut short", "longer": "no file of CIFAR-10", "one bit": "MD5"}
    assert words[fault] in message
    assert "again" in message
    assert not unpickled


def test_a_batch_inside_the_archive_is_checked_too(archive, monkeypatch) -> None:
    forms = dict(files.FORMS)
    forms["test_batch"] = (forms["test_batch"][0], "0" * 32)
    monkeypatch.setattr(files, "FORMS", forms)
    with pytest.raises(ValueError, match="test_batch, has been changed"):
        load_cifar10(archive)


def test_a_file_is_read_once(folder, monkeypatch) -> None:
    """What is summed is what is unpickled: no second opening in between."""
    opened = []
    read = files.Path.read_bytes
    monkeypatch.setattr(
        files.Path, "read_bytes", lambda self: opened.append(self.name) or read(self)
    )
    monkeypatch.setattr("builtins.open", None)
    load_cifar10(folder)
    assert sorted(opened) == sorted(files.FORMS)


@pytest.mark.parametrize("what", ["a call", "eval", "a class of numpy"])
def test_nothing_but_arrays_is_unpickled(
    what, raw, folder, monkeypatch, capsys
) -> None:
    """Even a file with the right sum may not call what the batches do not need."""
    target = {
        "a call": b"cbuiltins\nprint\n(S'called'\ntR.",
        "eval": b"c__builtin__\neval\n(S'print(1)'\ntR.",
        "a class of numpy": b"cnumpy\nload\n(S'x.npy'\ntR.",
    }[what]
    raw["data_batch_1"] = target
    (folder / "data_batch_1").write_bytes(target)
    publish(monkeypatch, raw)
    with pytest.raises(ValueError, match=r"data_batch_1 .* has no business") as caught:
        load_cifar10(folder)
    one_line(caught.value)
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    "content",
    [
        [1, 2],
        {"data": np.zeros((SIZE, 3072), np.uint8)},
        {"data": np.zeros((SIZE, 10), np.uint8), "labels": [0] * SIZE},
        {"data": np.zeros((SIZE, 3072), np.uint8), "labels": [10] * SIZE},
        {"data": np.zeros((SIZE, 3072), np.uint8), "labels": [0]},
    ],
)
def test_other_contents_are_refused(content, raw, folder, monkeypatch) -> None:
    raw["data_batch_3"] = python2_pickle(content)
    (folder / "data_batch_3").write_bytes(raw["data_batch_3"])
    publish(monkeypatch, raw)
    with pytest.raises(ValueError, match="data_batch_3") as caught:
        load_cifar10(folder)
    one_line(caught.value)


def test_a_file_that_cannot_be_read(folder, monkeypatch) -> None:
    def refuse(path):
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    monkeypatch.setattr(files.Path, "read_bytes", refuse)
    with pytest.raises(OSError, match=r"cannot read .*Permission denied") as caught:
        load_cifar10(folder)
    one_line(caught.value)


class Response:
    """What requests gives back for one download."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.headers = {"content-length": str(len(data))}

    def raise_for_status(self) -> None:
        pass

    def iter_content(self, chunk_size: int):
        for first in range(0, len(self.data), 1000):
            yield self.data[first : first + 1000]


def serve(monkeypatch, answer) -> list[str]:
    """Let requests answer with bytes or an exception; return the asked addresses."""
    asked = []

    def get(url, **_):
        asked.append(url)
        if isinstance(answer, Exception):
            raise answer
        return Response(answer)

    monkeypatch.setattr("requests.get", get)
    return asked


def test_download_once_with_a_bar(raw, tmp_path, monkeypatch, capsys) -> None:
    asked = serve(monkeypatch, pack(raw))
    data = load_cifar10(tmp_path / "new", download=True)
    assert data.X_train.shape == (53, 3072)
    assert (tmp_path / "new" / files.ARCHIVE).is_file()
    assert "100%" in capsys.readouterr().err
    load_cifar10(tmp_path / "new", download=True)
    load_cifar10(tmp_path / "new" / files.ARCHIVE, download=True)
    assert asked == [files.URL]


def test_without_being_asked_nothing_is_fetched(raw, tmp_path, monkeypatch) -> None:
    asked = serve(monkeypatch, pack(raw))
    with pytest.raises(FileNotFoundError):
        load_cifar10(tmp_path)
    assert not asked


def test_download_mends_a_damaged_archive(archive, raw, monkeypatch) -> None:
    archive.write_bytes(b"half of it")
    asked = serve(monkeypatch, pack(raw))
    assert load_cifar10(archive, download=True).X_test.shape == (SIZE, 3072)
    assert asked == [files.URL]


def test_download_into_the_folder_of_the_variable(raw, tmp_path, monkeypatch) -> None:
    serve(monkeypatch, pack(raw))
    monkeypatch.setenv("CS231N_DATA", str(tmp_path / "here"))
    load_cifar10(download=True)
    assert (tmp_path / "here" / files.ARCHIVE).is_file()


def test_a_download_that_is_cut_short_leaves_nothing(
    raw, tmp_path, monkeypatch
) -> None:
    serve(monkeypatch, pack(raw)[:-100])
    with pytest.raises(ValueError, match=r"cut short .* try again") as caught:
        load_cifar10(tmp_path, download=True)
    one_line(caught.value)
    assert not [path for path in tmp_path.iterdir() if path.is_file()]


def no_network():
    import requests

    return requests.exceptions.ConnectionError("Max retries exceeded with url")


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        (no_network(), "is there a network"),
        (OSError(errno.ENOSPC, "No space left on device"), "no room .* MB"),
        (PermissionError(errno.EACCES, "Permission denied"), "cannot store"),
    ],
)
def test_a_download_that_fails(fault, says, raw, tmp_path, monkeypatch) -> None:
    serve(monkeypatch, fault)
    with pytest.raises(OSError, match=says) as caught:
        load_cifar10(tmp_path, download=True)
    one_line(caught.value)


def test_no_room_is_known_before_the_download(raw, tmp_path, monkeypatch) -> None:
    asked = serve(monkeypatch, pack(raw))
    usage = shutil.disk_usage(tmp_path)._replace(free=1000)
    monkeypatch.setattr("shutil.disk_usage", lambda _: usage)
    with pytest.raises(OSError, match="no room") as caught:
        load_cifar10(tmp_path, download=True)
    one_line(caught.value)
    assert not asked


def test_without_pooch_it_says_what_to_install(folder, raw, monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "pooch", None)
    assert load_cifar10(folder).X_val.shape == (7, 3072)
    with pytest.raises(FileNotFoundError, match="pip install pooch tqdm") as caught:
        load_cifar10()
    one_line(caught.value)
    with pytest.raises(OSError, match="pip install pooch tqdm") as caught:
        load_cifar10(folder.parent / "else", download=True)
    one_line(caught.value)


def test_the_switch(folder, monkeypatch) -> None:
    assert load_images().name == "digits"
    marker = load_cifar10(folder, num_train=1)
    assert load_images(lambda: marker) is marker
    monkeypatch.setenv("CS231N_DATA", str(folder.parent))
    monkeypatch.setattr(
        "cs231n_lib.data.images.SIZES",
        {"cifar10": (53, 7, 12), "cifar10-small": (9, 4, 5)},
    )
    monkeypatch.setenv("CS231N_DATASET", "CIFAR10")
    data = load_images(lambda: marker)
    assert (data.name, len(data.y_train), len(data.y_test)) == ("CIFAR-10", 53, 12)
    assert len(load_images(num_train=20).y_train) == 20
    monkeypatch.setenv("CS231N_DATASET", "cifar10-small")
    data = load_images(num_train=20)
    assert (len(data.y_train), len(data.y_val), len(data.y_test)) == (9, 4, 5)


def test_the_switch_with_nothing_there_or_another_word(raw, monkeypatch) -> None:
    monkeypatch.setenv("CS231N_DATASET", "cifar10")
    with pytest.raises(FileNotFoundError, match="CIFAR-10 is not in") as caught:
        load_images()
    one_line(caught.value)
    monkeypatch.setenv("CS231N_DATASET", "mnist")
    with pytest.raises(ValueError, match=r"CS231N_DATASET must be .* got 'mnist'"):
        load_images()

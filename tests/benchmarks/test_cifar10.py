"""The benchmark runs on any sample; on the real one the references do their part."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from benchmarks import cifar10
from benchmarks.reference import load_reference

SAMPLE = os.environ.get("CS231N_SAMPLE", "")
needs_sample = pytest.mark.skipif(
    not Path(SAMPLE).is_file(),
    reason="CS231N_SAMPLE names no file with a sample of CIFAR-10",
)


@pytest.fixture
def small(tmp_path):
    """Noise, but brighter in the colour that the class says: easy to learn."""
    rng = np.random.default_rng(0)
    arrays = {}
    for part, number in (("train", 120), ("test", 40)):
        y = rng.integers(3, size=number).astype(np.uint8)
        X = rng.integers(156, size=(number, 32, 32, 3))
        X[np.arange(number), :, :, y] += 100
        arrays |= {f"X_{part}": X.astype(np.uint8), f"y_{part}": y}
    path = tmp_path / "sample.npz"
    np.savez(path, **arrays)
    return path


def test_the_last_training_images_validate(small) -> None:
    data = cifar10.load_sample(small)
    with np.load(small) as file:
        images, labels = file["X_train"], file["y_train"]
    assert data.X_train.shape == (96, 3072)
    assert data.X_train.dtype == np.float32
    assert (data.num_classes, data.X_test.shape) == (10, (40, 3072))
    np.testing.assert_allclose(data.images("val"), images[96:] / 255, rtol=1e-6)
    np.testing.assert_array_equal(data.y_val, labels[96:])


def test_search_keeps_the_best_on_validation(small) -> None:
    data = cifar10.load_sample(small)
    answers = {  # by learning rate: how many of the 24 are right
        0.1: 5,
        0.2: 20,
        0.3: 12,
    }
    by_rows = {len(getattr(data, f"y_{p}")): p for p in ("train", "val", "test")}

    def train(learning_rate: float, reg: float):
        def predict(X):
            labels = getattr(data, f"y_{by_rows[len(X)]}").copy()
            labels[answers[learning_rate] :] += 1
            return labels

        return predict

    best = cifar10.search(train, data, (0.1, 0.2, 0.3), (1.0, 2.0))
    assert best.settings == "learning rate 0.2, reg 1"
    assert best.val == pytest.approx(20 / 24)
    assert best.test == pytest.approx(20 / 40)


@pytest.mark.parametrize("name", list(cifar10.JOBS))
def test_every_job_learns_what_is_easy(small, name) -> None:
    result = cifar10.JOBS[name].run(cifar10.load_sample(small), 30)
    assert result.val > 0.8
    assert result.test > 0.8


def test_the_table_and_the_exit_codes(small, capsys, monkeypatch, tmp_path) -> None:
    arguments = ["--sample", str(small), "--steps", "20", "--only", "softmax"]
    assert cifar10.main(arguments) == 0
    printed = capsys.readouterr().out
    assert "sample of CIFAR-10 (96/24/40)" in printed
    assert ".386 / .370" in printed

    hard = cifar10.replace(cifar10.JOBS["softmax"], floor=1.1)
    monkeypatch.setitem(cifar10.JOBS, "softmax", hard)
    assert cifar10.main(arguments) == 1
    assert "at least 1.1 expected" in capsys.readouterr().out

    def without(*_):
        raise LookupError("there is no solution of lecture9/01")

    absent = cifar10.replace(hard, run=without)
    monkeypatch.setitem(cifar10.JOBS, "softmax", absent)
    assert cifar10.main(arguments) == 0
    assert "left out: there is no solution" in capsys.readouterr().out

    assert cifar10.main(["--root", str(tmp_path / "none")]) == 2
    error = capsys.readouterr().err
    assert error.startswith("no data: CIFAR-10 is not in")
    assert error.count("\n") == 1


@needs_sample
@pytest.mark.parametrize(
    ("notebook", "ids", "settings", "floor"),
    [
        ("01_svm", ["l3_svm_loss_vectorized"], (5e-3, 0.1), 0.34),
        (
            "02_softmax",
            ["l3_softmax", "l3_softmax_loss_vectorized"],
            (0.03, 0.01),
            0.36,
        ),
    ],
)
def test_linear_references_reach_their_floor(notebook, ids, settings, floor) -> None:
    names = load_reference(f"lecture3/{notebook}", *ids)
    loss_fn = names[ids[-1].removeprefix("l3_")]
    data = cifar10.load_sample(SAMPLE).centered().with_bias()
    W = cifar10.train_linear(loss_fn, data, *settings, num_steps=1_000)
    assert np.mean(np.argmax(data.X_test @ W, axis=1) == data.y_test) >= floor


@needs_sample
def test_the_net_reaches_its_floor(monkeypatch) -> None:
    monkeypatch.setattr(cifar10, "NET_RATES", (0.3,))
    result = cifar10.two_layer_net(cifar10.load_sample(SAMPLE), 1_500)
    assert result.test >= 0.41

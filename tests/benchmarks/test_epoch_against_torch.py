"""The epoch of the reference, and what the command says without PyTorch."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from benchmarks import epoch_against_torch as benchmark

ROOT = Path(__file__).resolve().parents[2]
HAS_TORCH = importlib.util.find_spec("torch") is not None


def run(*arguments: str) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "benchmarks.epoch_against_torch", *arguments]
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )


def test_an_epoch_takes_a_step_a_batch_with_the_rate_of_the_benchmark() -> None:
    seen = []

    def loss_fn(params, X, y, reg):
        seen.append((X[:, 0].copy(), y.copy(), reg))
        return np.float32(params["W"][0]), {"W": np.array([2.0])}

    X, y = np.arange(12.0).reshape(6, 2), np.arange(6)
    params = {"W": np.array([5.0])}
    batches = [np.array([0, 2]), np.array([5, 5])]
    losses = benchmark.numpy_epoch(loss_fn, params, X, y, batches)
    assert losses == pytest.approx([5.0, 5.0 - 2 * benchmark.LEARNING_RATE])
    np.testing.assert_array_equal(seen[0][0], [0, 4])
    np.testing.assert_array_equal(seen[1][1], [5, 5])
    assert seen[0][2] == benchmark.REG


def test_the_batches_fill_an_epoch() -> None:
    batches = benchmark.make_batches(np.random.default_rng(0))
    assert len(batches) == 20
    assert all(len(rows) == 200 and rows.max() < 4170 for rows in batches)


@pytest.mark.skipif(HAS_TORCH, reason="PyTorch is installed here")
def test_without_pytorch_it_says_so_in_one_line() -> None:
    done = run("--threads", "1")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "PyTorch is not installed" in done.stderr


@pytest.mark.skipif(not HAS_TORCH, reason="PyTorch is not installed here")
def test_both_nets_compute_the_same_and_the_limit_decides() -> None:
    done = run("--threads", "1", "--rounds", "1", "--at-most", "1000")
    assert done.returncode == 0, done.stderr
    assert "ratio of the fastest" in done.stdout
    assert run("--threads", "1", "--rounds", "1", "--at-most", "0").returncode == 1

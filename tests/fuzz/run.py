"""Fuzz a target with atheris: ``python tests/fuzz/run.py TARGET CORPUS [options]``.

The options are those of libFuzzer, for example ``-max_total_time=1800``. An input that
breaks a promise is written into the folder CORPUS-findings, one for each place in the
code, and the run goes on; an input that takes too long ends it.
"""

from __future__ import annotations

import random
import sys
import traceback
from pathlib import Path

INSTRUMENTED = [
    "autograder.classroom",
    "autograder.judging",
    "autograder.sandbox.session",
    "autograder.sandbox.inside.wire",
    "autograder.exercise.student",
    "autograder.exercise.record",
    "answer_checks.compare",
]


def main() -> None:
    """Write the seeds into the corpus and start the fuzzer."""
    import atheris  # not among the project's dependencies

    sys.path.insert(0, str(Path(__file__).parents[2]))
    with atheris.instrument_imports(include=INSTRUMENTED):
        from tests.fuzz import mutate, targets

    target, seeds, change = {
        "sanitiser": (targets.sanitiser, targets.notebooks, mutate.notebook),
        "channel": (targets.channel, targets.tapes, mutate.tape),
    }[sys.argv[1]]
    corpus = Path(sys.argv[2])
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds()):
        (corpus / f"seed-{number:03}").write_bytes(seed)

    def mutator(data: bytes, most: int, seed: int) -> bytes:
        rng = random.Random(seed)  # noqa: S311 - no secret
        by_us = rng.random() < 0.9
        return (change(data, rng) if by_us else atheris.Mutate(data, most))[:most]

    found: set[str] = set()

    def watched(data: bytes) -> None:
        try:
            target(data)
        except Exception as error:
            frames = traceback.extract_tb(error.__traceback__)
            place = f"{Path(frames[-1].filename).name}-{frames[-1].lineno}"
            key = f"{type(error).__name__}-{place}"
            if key not in found:
                found.add(key)
                folder = corpus.with_name(f"{corpus.name}-findings")
                folder.mkdir(exist_ok=True)
                (folder / key).write_bytes(data)
                traceback.print_exc()

    words = [sys.argv[0], str(corpus), *sys.argv[3:]]
    atheris.Setup(words, watched, custom_mutator=mutator)
    atheris.Fuzz()


if __name__ == "__main__":
    main()

"""Every test of a session runs on each rung of the sandbox that this machine has."""

from autograder.sandbox.rungs import RUNG_NAMES


def pytest_generate_tests(metafunc):
    if "sandbox" in metafunc.fixturenames:
        metafunc.parametrize("sandbox", RUNG_NAMES, indirect=True)

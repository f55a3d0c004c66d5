"""Every test of a session runs on each rung of the sandbox that this machine has."""

from autograder.course.settings import RUNGS


def pytest_generate_tests(metafunc):
    if "sandbox" in metafunc.fixturenames:
        metafunc.parametrize("sandbox", RUNGS, indirect=True)

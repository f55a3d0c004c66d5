"""How far a long command is, and how long it still takes."""

import io

from autograder.commands.progress import Progress


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_a_log_has_ten_lines_with_the_time_left():
    stream, now = io.StringIO(), [0.0]
    with Progress(40, stream=stream, clock=lambda: now[0]) as progress:
        for _ in range(40):
            now[0] += 15.0
            progress.step()
    lines = stream.getvalue().splitlines()
    assert len(lines) == 10
    assert lines[0] == "4 of 40 notebooks graded, about 9 min left"
    assert lines[-2] == "36 of 40 notebooks graded, about 60 s left"
    assert lines[-1] == "40 of 40 notebooks graded"


def test_a_terminal_has_a_bar():
    stream = Terminal()
    with Progress(2, stream=stream) as progress:
        progress.step()
        progress.step()
    assert "2/2" in stream.getvalue()
    assert "notebooks graded" not in stream.getvalue()


def test_quiet_is_quiet():
    for stream in (io.StringIO(), Terminal()):
        with Progress(1, quiet=True, stream=stream) as progress:
            progress.step()
        assert stream.getvalue() == ""

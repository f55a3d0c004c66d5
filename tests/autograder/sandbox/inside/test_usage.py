"""What the kernel shows of a process and of those below it."""

from autograder.sandbox.inside.usage import TICKS, usage

STAT = "{} (a) name) {} 1 1 1 0 -1 0 0 0 0 0 {} {} {} {} 20 0 1 0"


def show(proc, pid, states, ticks=(0, 0, 0, 0), children=""):
    """Write what the kernel would show of a process with a thread for each state."""
    for number, state in enumerate(states):
        task = proc / f"{pid}/task/{pid + number}"
        task.mkdir(parents=True)
        (task / "stat").write_text(STAT.format(pid, state, *ticks))
        (task / "children").write_text(children if not number else "")
    (proc / f"{pid}/stat").write_text(STAT.format(pid, states[0], *ticks))


def test_time_is_that_of_the_process_and_of_all_below_it(tmp_path):
    show(tmp_path, 10, "S", (1, 2, 3, 4), children="20 ")
    show(tmp_path, 20, "SS", (10, 20, 0, 0), children="30")
    show(tmp_path, 30, "S", (100, 0, 0, 0))
    assert usage(10, tmp_path) == {"cpu": 140 / TICKS, "asleep": True}


def test_one_thread_that_runs_waits_or_was_stopped_is_enough(tmp_path):
    for pid, states in ((100, "SR"), (200, "DS"), (300, "ST")):
        show(tmp_path, pid, states)
        assert usage(pid, tmp_path)["asleep"] is False


def test_a_process_that_is_not_there_has_used_nobody_knows_what(tmp_path):
    assert usage(10, tmp_path) == {"cpu": None, "asleep": False}


def test_a_thread_that_has_just_ended_is_passed_over(tmp_path):
    show(tmp_path, 10, "SR", (5, 0, 0, 0))
    (tmp_path / "10/task/11/stat").unlink()
    assert usage(10, tmp_path) == {"cpu": 5 / TICKS, "asleep": True}

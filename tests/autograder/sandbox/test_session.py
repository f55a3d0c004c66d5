"""A session runs cells as Jupyter would, answers questions, and is bounded."""

import json
import os
import signal
import socket
import struct
import threading
from pathlib import Path

import numpy as np
import pytest

from autograder.errors import UserError
from autograder.sandbox.course_code import CourseCode
from autograder.sandbox.gone import BackendGone
from autograder.sandbox.inside.wire import LENGTH, unpack
from autograder.sandbox.limits import Limits
from autograder.sandbox.patience import Account, Patience
from autograder.sandbox.rungs import RUNG_NAMES, UNSANDBOXED, find_rung
from autograder.sandbox.session import Sandbox, Session, read_frame


@pytest.fixture
def session(sandbox, limits):
    with sandbox.session(limits) as opened:
        yield opened


def text(outputs):
    return "".join(o.get("text", "") for o in outputs)


def run(session, source, seconds=10.0):
    return session.cell(source, 0, seconds)


def test_outputs_are_those_of_jupyter(session):
    outputs, fine = run(session, "print('a')\nprint('b')\n1 + 1")
    assert fine
    assert outputs == [
        {"output_type": "stream", "name": "stdout", "text": "a\nb\n"},
        {
            "output_type": "execute_result",
            "data": {"text/plain": "2"},
            "metadata": {},
            "execution_count": 1,
        },
    ]


def test_a_plot_is_shown_inline(session):
    source = "import matplotlib.pyplot as plt\nplt.plot([0, 1])\nplt.show()"
    outputs, fine = run(session, "%matplotlib inline\n" + source)
    assert fine
    assert outputs[-1]["data"]["image/png"].startswith("iVBOR")
    assert "Figure" in outputs[-1]["data"]["text/plain"]


def test_a_plot_is_named_where_none_is_to_be_drawn(session):
    source = "import matplotlib.pyplot as plt\nplt.plot([0, 1])\nplt.show()\nprint(7)"
    run(session, "%matplotlib inline")
    outputs, fine = session.cell(source, 1, 10.0, draw=False)
    assert fine
    assert [list(o.get("data", {})) for o in outputs] == [["text/plain"], []]
    assert text(outputs) == "7\n"
    again, _ = session.cell(source, 2, 10.0)
    assert again[0]["data"]["image/png"].startswith("iVBOR")
    assert again[0]["data"]["text/plain"] == outputs[0]["data"]["text/plain"]


def test_an_error_is_an_output(session):
    outputs, fine = run(session, "1 / 0")
    assert not fine
    assert outputs[0]["ename"] == "ZeroDivisionError"


def test_display_stderr_magics_and_clear_output(session):
    source = (
        "import sys, warnings\n"
        "from IPython.display import HTML, clear_output, display\n"
        "display(HTML('<b>x</b>'))\nclear_output()\nwarnings.warn('careful')\n"
        "print('late', file=sys.stderr)\n%timeit -n1 -r1 1\nexit()"
    )
    outputs, fine = run(session, source)
    assert fine
    assert "careful" in text(outputs)
    assert "loop" in text(outputs)
    assert not any("data" in o for o in outputs)


def test_outputs_are_bounded(sandbox):
    with sandbox.session(Limits(output_bytes=10_000)) as session:
        outputs, fine = run(session, "for i in range(10**5): print('x' * 100)")
    assert fine
    assert len(json.dumps(outputs)) < 20_000
    assert "more output was cut" in text(outputs)


HEAR = """
import sys
parsed = []
def hear(event, arguments):
    if event == "compile" and isinstance(arguments[0], bytes | str):
        parsed.append(arguments[0])
sys.addaudithook(hear)
"""
OWN = "def f(x):\n    return x + 1\nprint(f(1))\n"


def test_a_cell_of_the_course_is_parsed_before_the_fork(sandbox, limits):
    mine = OWN.replace("x + 1", "x + 2")
    show = "print(sum('def f' + '(' in str(text) for text in parsed))"
    sandbox.remember([OWN])
    for _ in range(2):  # every child has it
        with sandbox.session(limits) as session:
            run(session, HEAR)
            said = [text(run(session, cell)[0]) for cell in (OWN, show, mine, show)]
        assert said[:3] == ["2\n", "0\n", "3\n"]
        assert int(said[3]) > 0  # what a student writes, the child parses


class CountedControl:
    """The grader's end of the control channel, which counts the orders."""

    def __init__(self, control):
        self.control = control
        self.orders = []

    def sendmsg(self, buffers, *rest):
        self.orders.append(unpack(b"".join(buffers)[LENGTH.size :])["do"])
        return self.control.sendmsg(buffers, *rest)

    def recv(self, size):
        return self.control.recv(size)

    def fileno(self):
        return self.control.fileno()


def test_a_cell_is_sent_to_be_remembered_once(sandbox, monkeypatch):
    counted = CountedControl(sandbox.control)
    monkeypatch.setattr(sandbox, "control", counted)
    long = "x = 1\n" * 20_000  # more than an order holds: a child reads it itself
    for _ in range(2):
        sandbox.remember(["remembered = 1", "not python (", long])
    assert counted.orders == ["remember"] * 2


def test_the_place_of_an_error_is_that_of_the_cell_that_runs(session):
    run(session, "get_ipython().run_cell('def f():\\n    pass')")
    outer = "def outer():\n    raise KeyError\nget_ipython().run_cell('x = 1')"
    session.cell(outer, 4, 10.0)
    step = {"do": "call", "name": "outer", "slot": 1, "args": [], "kwargs": {}}
    reply = session.request(10.0, "ask", exercise="e", late=True, steps=[step])
    assert (reply["error"]["cell"], reply["error"]["line"]) == (4, 2)


LEAVE = """
import os, tempfile
secret = 1
left = [os.path.abspath("left"), tempfile.mkstemp()[1]]
open("left", "w").write("x")
print(left)
"""
FIND = """
import os, tempfile
print('secret' in globals(), os.listdir('.'), end=' ')
print(os.listdir(tempfile.gettempdir()), end=' ')
for path in {}:
    try:
        print(open(path).read())
    except OSError:
        print('no', end=' ')
"""


def test_sessions_share_nothing(sandbox, limits):
    with sandbox.session(limits) as one, sandbox.session(limits) as other:
        outputs, _ = run(one, LEAVE)
        found, _ = run(other, FIND.format(text(outputs).strip()))
    assert text(found) == "False [] [] no no "


def test_nothing_is_left_of_a_session(sandbox, limits):
    """A folder without rights and one nested beyond any path are removed too."""
    source = """
import os, tempfile
os.makedirs(tempfile.gettempdir() + "/more")
os.mkdir("shut", 0o300)
open("shut/file", "w").close()
inner = os.open(".", os.O_RDONLY)
for _ in range(600):
    os.mkdir("n" * 20, dir_fd=inner)
    inner = os.open("n" * 20, os.O_RDONLY, dir_fd=inner)
print(os.getcwd())
"""
    with sandbox.session(limits) as session:
        try:
            run(session, source)
        except BackendGone:  # what cannot be counted is ended
            assert sandbox.rung.name == "landlock"
    homes = homes_of(sandbox)
    assert homes == []


def homes_of(sandbox):
    """List what lies on the host for the children of a sandbox."""
    if sandbox.rung.name != "landlock":
        return []
    return list((sandbox.surroundings.folder / "homes").iterdir())


def test_questions_are_answered(session):
    run(session, "def f(x):\n    return x + 1")
    steps = [
        {"do": "call", "name": "f", "args": [np.ones(2)], "kwargs": {}, "slot": 1},
        {"do": "fetch", "args": [_slot(1)]},
    ]
    reply = session.request(5, "ask", exercise="e", late=False, steps=steps)
    assert reply["value"][0].tolist() == [2, 2]


def _slot(n):
    from autograder.sandbox.inside.wire import Special

    return Special("slot", n=n)


def test_the_line_of_an_error_is_told(session):
    session.cell("def f():\n    x = 1\n    return x / 0", 7, 5)
    steps = [{"do": "call", "name": "f", "args": [], "kwargs": {}, "slot": 1}]
    reply = session.request(5, "ask", exercise="e", late=False, steps=steps)
    assert (reply["error"]["cell"], reply["error"]["line"]) == (7, 3)


def test_bound_names_survive_a_later_definition(session):
    run(session, "def f():\n    return 'first'")
    session.request(5, "bind", exercise="e", names=["f"])
    moved = session.request(5, "moved", exercise="e", names=["f"])
    assert moved["moved"] is False
    run(session, "def f():\n    return 'second'")
    moved = session.request(5, "moved", exercise="e", names=["f"])
    assert moved["moved"] is True
    steps = [
        {"do": "call", "name": "f", "args": [], "kwargs": {}, "slot": 1},
        {"do": "fetch", "args": [_slot(1)]},
    ]
    for late, want in ((False, "first"), (True, "second")):
        reply = session.request(5, "ask", exercise="e", late=late, steps=steps)
        assert reply["value"] == [want]


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("import os; os._exit(0)", "crashed"),
        ("import ctypes; ctypes.string_at(0)", "crashed"),
        ("while True: pass", "timeout"),
        (
            "while True:\n    try:\n        while True: pass\n    except: pass",
            "timeout",
        ),
        ("import time; time.sleep(1000)", "timeout"),
    ],
)
def test_an_end_of_the_process_is_told_by_kind(session, source, kind):
    with pytest.raises(BackendGone) as gone:
        run(session, source, 1.5)
    assert gone.value.kind == kind
    assert session.closed


def child_of(sandbox):
    """Return the number of the process that serves the one session of a sandbox."""
    pid = sandbox.process.pid
    while below := children(pid):
        (pid,) = below
    return pid


def children(pid):
    tasks = Path(f"/proc/{pid}/task").iterdir()
    return [int(n) for t in tasks for n in (t / "children").read_text().split()]


def test_a_process_that_is_not_let_run_is_not_late(sandbox, limits):
    """As on a machine that does other things: it waits much longer than its limit."""
    with Sandbox(sandbox.rung) as own, own.session(limits) as session:
        run(session, "1")
        pid = child_of(own)
        os.kill(pid, signal.SIGSTOP)
        waker = threading.Timer(1.5, os.kill, (pid, signal.SIGCONT))
        waker.start()
        outputs, fine = run(session, "print(sum(range(10)))", 0.5)
        waker.join()
        assert (text(outputs), fine) == ("45\n", True)
        assert session.account.spent < 0.5


def test_a_session_is_charged_what_it_used(session):
    burn = "import time\nwhile time.process_time() < {}: pass"
    run(session, burn.format(0.5))
    first = session.account.spent
    run(session, burn.format(1.5))
    # Some of it went before the cells began; the kernel counts in hundredths.
    assert 0.2 < first < 1.4 < session.account.spent


def test_an_answer_too_large_to_send_is_refused(session):
    run(session, "import numpy as np\ndef f():\n    return np.zeros(10**7)")
    steps = [
        {"do": "call", "name": "f", "args": [], "kwargs": {}, "slot": 1},
        {"do": "fetch", "args": [_slot(1)]},
    ]
    reply = session.request(10, "ask", exercise="e", late=False, steps=steps)
    assert "too large" in reply["refused"]


class Pair:
    """A session whose other end is played by the test."""

    def __init__(self, answer):
        ours, self.theirs = socket.socketpair()
        self.session = Session(ours, Limits(), lambda: None)
        self.thread = threading.Thread(target=self._play, args=(answer,))
        self.thread.start()

    def _play(self, answer):
        self.theirs.recv(1 << 16)
        self.theirs.sendall(answer)
        self.theirs.close()

    def __enter__(self):
        return self.session

    def __exit__(self, *_):
        self.thread.join()


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"\x00" * 4,
        struct.pack("<Q", 2**60),
        struct.pack("<Q", 9) + b"not json!",
        struct.pack("<Q", 8) + struct.pack("<I", 4) + b"null",
        struct.pack("<Q", 21) + struct.pack("<I", 17) + b'{"d":[["number",]]',
    ],
)
def test_a_forged_reply_ends_the_session(answer):
    with Pair(answer) as session, pytest.raises(BackendGone) as gone:
        session.request(5, "ask")
    assert gone.value.kind == "crashed"


def test_a_reply_with_another_number_is_refused(session):
    # Student code that found the channel writes an answer before it is asked.
    with pytest.raises(BackendGone) as gone:
        run(
            session,
            "import os\n"
            "for fd in range(3, 30):\n"
            "    try:\n        os.write(fd, b'\\x02' + bytes(7) + b'{}')\n"
            "    except OSError:\n        pass",
        )
    assert gone.value.kind == "crashed"


def test_a_silent_end_is_late():
    ours, theirs = socket.socketpair()
    with ours, theirs, pytest.raises(BackendGone) as gone:
        read_frame(ours, Patience(Account(), 0.05))
    assert gone.value.kind == "timeout"


@pytest.mark.parametrize("rung", RUNG_NAMES)
def test_a_sandbox_that_does_not_start_says_so(rung, tmp_path):
    with pytest.raises(UserError, match="does not start"):
        Sandbox(find_rung(rung), CourseCode((tmp_path / "no library here",)))


def test_a_lost_sandbox_is_a_clear_error(sandbox, limits):
    with Sandbox(sandbox.rung) as lost:
        lost.process.kill()
        lost.process.wait(10)
        with pytest.raises(UserError, match="ended unexpectedly"):
            lost.session(limits)


@pytest.mark.slow
def test_without_a_sandbox_the_same_code_answers(sandbox, limits):
    with (
        Sandbox(UNSANDBOXED, sandbox.code) as open_box,
        open_box.session(limits) as session,
    ):
        outputs, fine = run(session, "import cs231n_lib\nprint(6 * 7)")
    assert fine
    assert text(outputs) == "42\n"

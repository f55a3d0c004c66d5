"""Judging on a Dask cluster: real schedulers and workers on loopback."""

import contextlib
import importlib.util
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from autograder.classroom.cluster import (
    Cluster,
    ClusterExecutor,
    ClusterWorkers,
    Patience,
)
from autograder.classroom.cluster_worker import (
    ExercisesMissing,
    SentExercises,
    choose_on_worker,
    exercises_of,
    judge_on_worker,
    pack,
    unpack,
    versions,
)
from autograder.classroom.dispatch import dispatch
from autograder.classroom.pool import LocalPool, LocalWorkers
from autograder.classroom.task import Task
from autograder.classroom.warm_sandboxes import RungChoice, WarmSandboxes
from autograder.classroom.worker import grade_task
from autograder.commands.grade import GradeRequest, grade
from autograder.course.course import Course
from autograder.course.handout import load_handouts
from autograder.errors import PoolError, UserError
from autograder.gradebook.book import Book
from autograder.sandbox.rungs import UNSANDBOXED
from autograder.sandbox.selftest import Proof
from autograder.sandbox.session import Sandbox

ROOT = Path(__file__).parents[3]
SECONDS = 120
# Processes need time to start on a busy machine.
PATIENT = Patience(join=SECONDS)
HERE = Course(Path())

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        importlib.util.find_spec("distributed") is None,
        reason="the package distributed is not installed (the extra 'cluster')",
    ),
]


class Processes:
    """A scheduler and workers as processes, ended by their own ids."""

    def __init__(self, folder, failures=1):
        self.folder = folder
        self.started = []
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        self.address = f"tcp://127.0.0.1:{port}"
        # A task is given up when it has ended so many workers and one more.
        allowed = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": str(failures)}
        words = ["scheduler", "--host", "127.0.0.1", "--port", str(port)]
        self.scheduler = self._start(words, allowed)
        wait_for(lambda: can_connect(port))

    def _start(self, words, more):
        log = (self.folder / f"log-{len(self.started)}").open("wb")
        command = [sys.executable, "-m", "dask", *words, "--no-dashboard"]
        environment = {**os.environ, "PYTHONPATH": str(ROOT), **more}
        with log:
            process = subprocess.Popen(
                command, stdout=log, stderr=log, env=environment, cwd=self.folder
            )
        self.started.append(process)
        return process

    def worker(self, *words, **more):
        place = str(self.folder / "scratch")
        options = ["--host", "127.0.0.1", "--local-directory", place, *words]
        return self._start(["worker", self.address, *options], more)

    def end(self):
        for process in reversed(self.started):
            process.terminate()
        for process in self.started:
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def wait_for(condition):
    for _ in range(10 * SECONDS):
        if condition():
            return
        time.sleep(0.1)
    raise AssertionError("it did not come")


def can_connect(port):
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    """Two workers of two threads each; one that is lost is started again."""
    processes = Processes(tmp_path_factory.mktemp("cluster"))
    processes.worker("--nworkers", "2", "--nthreads", "2")
    yield processes
    processes.end()


@pytest.fixture
def bare(tmp_path):
    """A scheduler without workers."""
    processes = Processes(tmp_path)
    yield processes
    processes.end()


@pytest.fixture
def submitted(tmp_path):
    """Four students: one right, one blank, one broken, one with a mistake."""
    right = (ROOT / "solutions/lecture3/01_svm.ipynb").read_text()
    blank = (ROOT / "notebooks/lecture3/01_svm.ipynb").read_text()
    wrong = right.replace("np.maximum(0", "np.maximum(1")
    assert wrong != right
    texts = {"ada": right, "bo": blank, "cy": "{", "di": wrong}
    for name, text in texts.items():
        place = tmp_path / "submitted" / name / "lecture3"
        place.mkdir(parents=True)
        (place / "01_svm.ipynb").write_text(text)
    return tmp_path / "submitted"


@pytest.fixture
def course(tmp_path, make_course, monkeypatch):
    """A course of one notebook as the working folder."""
    make_course(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def unproven(monkeypatch):
    """Skip the proof of the sandbox, where nothing is run in it."""
    for place in (Cluster, LocalPool):
        monkeypatch.setattr(place, "proof", lambda *_: Proof("none", (), ()))


def at_first_result(monkeypatch, act):
    """Call `act` once, when the first judgement has been written down."""
    from autograder.report.files import Reporter

    write, done = Reporter.write_graded, []

    def watched(self, *args):
        write(self, *args)
        if not done:
            done.append(True)
            act()

    monkeypatch.setattr(Reporter, "write_graded", watched)
    return done


def test_results_are_those_of_this_machine_though_a_worker_is_lost(
    course, submitted, running, gradebook, monkeypatch
):
    with Book(gradebook) as book:
        assert book.seed()  # from now on it is the same in each copy
    for out in ("there", "here"):
        (course / out).mkdir()
        shutil.copy(gradebook.removeprefix("sqlite:///"), course / out / "gradebook.db")
    submit, lost, number = ClusterExecutor.submit, [], iter(range(4))

    def submit_and_kill(self, *args):
        future = submit(self, *args)
        if next(number) == 3:
            client = self.cluster.client
            wait_for(lambda: any(client.processing().values()))
            busy = next(w for w, tasks in client.processing().items() if tasks)
            lost.append(client.run(os.getpid, workers=[busy])[busy])
            os.kill(lost[0], signal.SIGKILL)
        return future

    monkeypatch.setattr(ClusterExecutor, "submit", submit_and_kill)
    request = GradeRequest(
        "lecture3",
        submitted,
        course / "there",
        workers=ClusterWorkers(running.address, PATIENT),
    )
    tally, _ = grade(request)
    assert lost
    assert (tally.graded, tally.failed) == (4, 0)
    grade(replace(request, out=course / "here", workers=LocalWorkers(1)))
    there = (course / "there" / "grades.csv").read_bytes()
    assert there == (course / "here" / "grades.csv").read_bytes()
    assert there.count(b"correct") > 5


class Deadly(bytes):
    """Ends the process that unpacks it."""

    def __reduce__(self):
        return os._exit, (1,)


def test_a_task_that_ends_its_workers_costs_only_itself(svm, running):
    def give_up_at_once(dask_scheduler):
        dask_scheduler.allowed_failures = 0

    work = {"a": None, "deadly": Deadly(b"{"), "b": b"", "c": None}
    tasks = [Task(svm, data, b"s", HERE, "none", name) for name, data in work.items()]
    with ClusterWorkers(running.address, PATIENT).start(
        RungChoice(), 4, HERE
    ) as cluster:
        cluster.client.run_on_scheduler(give_up_at_once)
        found = {
            outcome.task.student: outcome.graded.judgement.verdicts[0]
            for outcome in dispatch(tasks, cluster)
        }
    assert {name: v.status for name, v in found.items()} == {
        "a": "missing",
        "deadly": "crashed",
        "b": "unreadable",
        "c": "missing",
    }


def test_a_fault_of_the_grader_on_a_worker_is_told_as_here(running, svm):
    task = Task(svm, 5, b"s", HERE, "none")  # 5 is no text of a file
    workers = ClusterWorkers(running.address, PATIENT)
    with (
        workers.start(RungChoice(), 1, HERE) as cluster,
        cluster.executor() as executor,
    ):
        with pytest.raises(TypeError, match="int") as there:
            executor.submit(grade_task, task).result(SECONDS)
        with pytest.raises(TypeError, match="only grade_task"):
            executor.submit(print, task)
    sandboxes = WarmSandboxes(lambda *_: (Proof("", (), ()), Sandbox(UNSANDBOXED)))
    with contextlib.closing(sandboxes), pytest.raises(TypeError) as here:
        grade_task(task, sandboxes)
    assert str(here.value) == str(there.value)


@pytest.mark.usefixtures("unproven")
def test_what_is_queued_is_taken_back_at_a_stop(course, running, monkeypatch):
    from distributed import Client

    def stop():
        raise KeyboardInterrupt

    at_first_result(monkeypatch, stop)
    request = blank_class(course, ClusterWorkers(running.address, PATIENT), 40)
    with pytest.raises(KeyboardInterrupt):
        grade(request)
    with Client(running.address, set_as_default=False) as client:
        left = client.run_on_scheduler(lambda dask_scheduler: len(dask_scheduler.tasks))
        wait_for(lambda: not any(client.processing().values()))
    # What four threads were at cannot be stopped; the others are gone.
    assert left <= 4


def blank_class(course, workers, count=12):
    """Ask for the grading of a class whose files nobody can read."""
    for number in range(count):
        folder = course / "class" / f"{number:02}" / "lecture3"
        folder.mkdir(parents=True)
        (folder / "01_svm.ipynb").write_text("{")
    return GradeRequest("lecture3", course / "class", course / "out", workers=workers)


def ends(request):
    """Check that grading ends with one line; return the line."""
    with pytest.raises(UserError) as error:
        grade(request)
    assert "\n" not in str(error.value)
    return str(error.value)


@pytest.mark.usefixtures("unproven")
def test_what_was_done_is_kept_where_all_workers_are_lost(course, bare, monkeypatch):
    worker = bare.worker("--nthreads", "1", "--no-nanny")

    def kill():
        worker.kill()
        worker.wait()

    at_first_result(monkeypatch, kill)
    # Two tasks under way, so that some are left when the first result is there.
    patience = replace(PATIENT, workerless=1.0)
    workers = ClusterWorkers(bare.address, patience, ahead=1)
    line = ends(blank_class(course, workers))
    assert "has had no worker for 1 s" in line
    assert "the next call goes on" in line
    with Book(f"sqlite:///{course}/out/gradebook.db") as book:
        assert 0 < len(book.digests()) < 12


@pytest.mark.usefixtures("unproven")
def test_what_was_done_is_kept_where_the_scheduler_is_lost(course, bare, monkeypatch):
    bare.worker("--nthreads", "1", "--no-nanny")

    def kill():
        bare.scheduler.kill()
        bare.scheduler.wait()

    at_first_result(monkeypatch, kill)
    request = blank_class(course, ClusterWorkers(bare.address, PATIENT, ahead=1))
    line = ends(request)
    assert f"the scheduler {bare.address} was lost" in line
    tally, _ = grade(replace(request, workers=LocalWorkers(1)))
    assert tally.graded + tally.unchanged == 12
    assert tally.graded
    assert tally.unchanged


def package_copy(folder, change):
    for name in ("autograder", "cs231n_lib"):
        shutil.copytree(
            ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__")
        )
    change(folder / "autograder" / "__init__.py")
    return {"PYTHONPATH": str(folder)}


def other_code(path):
    path.write_text(path.read_text() + "# another version\n")


def no_code(path):
    path.write_text("raise ImportError('not here')\n")


@pytest.mark.parametrize(
    ("change", "reason"),
    [(other_code, "has autograder"), (no_code, "cannot load autograder")],
)
def test_a_worker_with_other_code_is_refused_by_name(
    course, bare, tmp_path, change, reason
):
    more = package_copy(tmp_path / "copy", change)
    bare.worker("--nthreads", "1", "--no-nanny", "--name", "old", **more)
    line = ends(blank_class(course, ClusterWorkers(bare.address, PATIENT)))
    assert "the worker tcp://127.0.0.1:" in line
    assert reason in line


def test_a_scheduler_without_workers_is_one_line(course, bare):
    workers = ClusterWorkers(bare.address, Patience(join=0.5))
    line = ends(blank_class(course, workers))
    assert "no worker has joined" in line


def test_no_scheduler_is_one_line(course):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    line = ends(blank_class(course, ClusterWorkers(address, Patience(connect=1.0))))
    assert f"no scheduler can be reached at {address}" in line


@pytest.mark.parametrize(
    "address", ["", "here", "127.0.0.1:8786", "http://host:1", "tcp://host", "tcp://:1"]
)
def test_an_address_that_is_none_is_refused(address):
    with pytest.raises(UserError, match="must be tcp://HOST:PORT"):
        ClusterWorkers(address).start(RungChoice(), 1, HERE).__enter__()


def test_a_missing_package_is_told_with_the_extra_that_brings_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UserError, match="its extra `cluster`"):
        ClusterWorkers("tcp://127.0.0.1:1").start(RungChoice(), 1, HERE).__enter__()


def test_the_package_is_not_loaded_without_a_scheduler():
    code = (
        "import sys; from autograder import cli; cli.main(['grade', '--help']);"
        "import autograder.commands.grade; sys.exit('distributed' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT).returncode == 0


def name():
    return "the worker tcp://w:1 on w"


def packed(svm, rung="bubblewrap"):
    return pack(Task(svm, None, b"s", HERE, rung))


def judge_there(svm, expected, exercises=None, sent=None, **options):
    """Judge as a worker does; by default one that has been sent nothing yet."""
    own = sent or SentExercises()
    try:
        return judge_on_worker(
            expected, packed(svm), exercises, sent=own, name=name, **options
        )
    finally:
        if sent is None:
            own.close()


@pytest.mark.parametrize("what", ["autograder", "Python", "numpy"])
def test_a_worker_that_joined_late_refuses_another_version(svm, what):
    with pytest.raises(PoolError, match=f"tcp://w:1 on w has {what} "):
        judge_there(svm, {**versions(HERE), what: "0.0"})


def test_a_worker_with_other_exercises_judges_nothing(svm):
    expected = versions(HERE) | {"the exercises of lecture3/01_svm": "0" * 12}
    with pytest.raises(PoolError, match="w has the exercises of lecture3/01_svm "):
        judge_there(svm, expected, svm.pack_exercises())


def test_a_worker_asks_for_exercises_and_keeps_them(svm):
    expected = versions(HERE) | exercises_of(svm)
    sent = SentExercises()
    sandboxes = WarmSandboxes(lambda *_: (Proof("", (), ()), Sandbox(UNSANDBOXED)))
    options = {"sent": sent, "sandboxes": sandboxes}
    assert isinstance(unpack(judge_there(svm, expected, **options)), ExercisesMissing)
    for exercises in (svm.pack_exercises(), None):
        answer = unpack(judge_there(svm, expected, exercises, **options))
        assert answer.judgement.verdicts[0].status == "missing"
    other = expected | {"the exercises of lecture3/01_svm": "0" * 12}
    assert isinstance(unpack(judge_there(svm, other, **options)), ExercisesMissing)
    sent.close()
    sandboxes.close()


def test_a_worker_without_a_course_judges_with_what_it_was_sent(svm, monkeypatch):
    def nowhere():
        raise UserError("no course here")

    exercises = svm.pack_exercises()
    expected = versions(HERE) | exercises_of(svm)
    monkeypatch.setattr("autograder.course.exercises.course_root", nowhere)
    monkeypatch.setattr("autograder.course.handout.course_root", nowhere)
    sandboxes = WarmSandboxes(lambda *_: (Proof("", (), ()), Sandbox(UNSANDBOXED)))
    blank = json.dumps(svm.notebook).encode()
    sent = SentExercises()
    answer = unpack(
        judge_on_worker(
            expected,
            pack(Task(svm, blank, b"s", HERE, "none")),
            exercises,
            sent=sent,
            name=name,
            sandboxes=sandboxes,
        )
    )
    sent.close()
    sandboxes.close()
    assert "SVM loss of one example" in answer.page


def test_a_worker_proves_its_sandbox_once(svm):
    asked = []

    def prove(rung, code):
        asked.append(rung.name)
        return Proof(rung.name, ("fill the disk",), ()), Sandbox(UNSANDBOXED)

    sandboxes = WarmSandboxes(prove)
    for _ in range(2):
        answer = judge_there(
            svm, versions(HERE), svm.pack_exercises(), sandboxes=sandboxes
        )
        assert unpack(answer).judgement.verdicts[0].status == "missing"
    assert asked == ["bubblewrap"]
    sandboxes.close()


def leaky(rung, code):
    return Proof(rung.name, (), ("fill the disk",)), SimpleNamespace(close=lambda: None)


def does_not_start(*_):
    raise UserError("the sandbox does not start")


@pytest.mark.parametrize(
    ("prove", "reason"),
    [
        (leaky, "could fill the disk"),
        (does_not_start, "does not start"),
    ],
)
def test_a_worker_without_the_sandbox_judges_nothing(svm, prove, reason):
    sandboxes = WarmSandboxes(prove)
    for _ in range(2):
        with pytest.raises(PoolError, match=rf"tcp://w:1 on w has not .*{reason}"):
            judge_there(svm, versions(HERE), svm.pack_exercises(), sandboxes=sandboxes)


def test_a_worker_on_which_no_rung_holds_is_named():
    sandboxes = WarmSandboxes(choose=does_not_start)
    with pytest.raises(PoolError, match="tcp://w:1 on w: the sandbox does not start"):
        choose_on_worker(RungChoice(), sandboxes, name)


def test_a_notebook_travels_though_its_records_were_read(svm):
    """A record holds functions that cannot travel; a worker has its own."""
    one = load_handouts(ROOT, "lecture3")[0]
    assert one.exercises
    task = unpack(pack(Task(one, b"x", b"s", HERE, "none")))
    assert [e.id for e in task.handout.exercises] == [e.id for e in one.exercises]
    assert task.handout.digest == one.digest

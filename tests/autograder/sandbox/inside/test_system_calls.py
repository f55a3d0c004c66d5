"""The system call filter, interpreted here as the kernel would."""

import struct

import pytest

from autograder.sandbox.inside import system_calls
from autograder.sandbox.inside.system_calls import ENOSYS, EPERM

ALLOW, KILL, REFUSE = 0x7FFF0000, 0x80000000, 0x00050000


def decide(program, number, audit, *arguments):
    """Run classic BPF over one system call."""
    arguments = (*arguments, *[0] * (6 - len(arguments)))
    data = struct.pack("<IIQ6Q", number, audit, 0, *arguments)
    at, value = 0, 0
    while True:
        code, yes, no, k = struct.unpack_from("<HBBI", program, 8 * at)
        at += 1
        if code == 0x20:
            (value,) = struct.unpack_from("<I", data, k)
        elif code == 0x54:
            value &= k
        elif code == 0x06:
            return k
        else:
            holds = {0x15: value == k, 0x35: value >= k, 0x45: bool(value & k)}[code]
            at += yes if holds else no


@pytest.mark.parametrize("machine", system_calls.ARCHITECTURES)
def test_every_refused_call_is_refused_and_others_pass(machine):
    column, audit = system_calls.ARCHITECTURES[machine]
    program = system_calls.seccomp_program(machine)
    for numbers in system_calls.REFUSED.values():
        if numbers[column] is not None:
            assert decide(program, numbers[column], audit) == REFUSE | EPERM
    assert decide(program, 12345, audit) == ALLOW
    read = {"x86_64": 0, "aarch64": 63}[machine]
    assert decide(program, read, audit) == ALLOW


@pytest.mark.parametrize("machine", system_calls.ARCHITECTURES)
def test_threads_pass_and_processes_do_not(machine):
    column, audit = system_calls.ARCHITECTURES[machine]
    program = system_calls.seccomp_program(machine)
    clone = system_calls.CLONE[column]
    assert decide(program, clone, audit, system_calls.CLONE_THREAD | 0x100) == ALLOW
    assert decide(program, clone, audit, 17) == REFUSE | EPERM
    assert decide(program, system_calls.CLONE3[column], audit) == REFUSE | ENOSYS


def test_another_architecture_is_ended():
    program = system_calls.seccomp_program("x86_64")
    assert decide(program, 0, system_calls.ARCHITECTURES["aarch64"][1]) == KILL


def test_the_x32_numbers_are_refused():
    audit = system_calls.ARCHITECTURES["x86_64"][1]
    program = system_calls.seccomp_program("x86_64")
    assert decide(program, 0x40000000 + 57, audit) == REFUSE | EPERM


def test_an_unknown_processor_is_an_error():
    with pytest.raises(OSError, match="pdp11"):
        system_calls.seccomp_program("pdp11")


OWN = 4711
RULED = system_calls.ONLY | system_calls.BUT


@pytest.fixture(params=system_calls.ARCHITECTURES)
def alone(request):
    """A function that decides about a call of a process without namespaces."""
    column, audit = system_calls.ARCHITECTURES[request.param]
    program = system_calls.seccomp_program(request.param, OWN)
    assert len(program) // 8 <= 4096  # the kernel's bound

    def run(name, *arguments):
        tables = system_calls.REFUSED | system_calls.REFUSED_ALONE
        numbers = tables[name] if name in tables else RULED[name][0]
        if numbers[column] is None:
            return None
        return decide(program, numbers[column], audit, *arguments)

    return run


def test_without_namespaces_more_is_refused(alone):
    for name in system_calls.REFUSED | system_calls.REFUSED_ALONE:
        assert alone(name) in (REFUSE | EPERM, None)


@pytest.mark.parametrize(
    ("call", "arguments", "allowed"),
    [
        ("kill", (OWN, 15), True),
        ("kill", (OWN + 1, 15), False),
        ("kill", (0, 9), False),
        ("kill", (2**32 - 1, 9), False),
        ("tgkill", (OWN, OWN + 3, 6), True),
        ("tgkill", (1, 1, 6), False),
        ("prlimit64", (0, 7), True),
        ("prlimit64", (1, 7), False),
        ("sched_setaffinity", (OWN,), True),
        ("sched_setaffinity", (1,), False),
        ("fcntl", (3, 1030), True),
        ("fcntl", (3, 7), True),
        ("fcntl", (3, 8), False),  # whom to signal
        ("fcntl", (3, 10), False),  # with what
        ("fcntl", (3, 1024), False),  # a lease
        ("ioctl", (1, 0x5401), True),
        ("ioctl", (1, 0x5412), False),  # to type into a terminal
        ("ioctl", (1, 0x8901), False),
        ("socketpair", (1, 1 | 0x80000), True),
        ("socketpair", (1, 5), True),
        ("socketpair", (1, 2), False),  # a datagram can go to any address
        ("socketpair", (2, 1), False),
        ("prctl", (15,), True),
        ("prctl", (1, 0), False),  # to outlive the parent
        ("prctl", (4, 0), False),
    ],
)
def test_without_namespaces_arguments_are_bound(alone, call, arguments, allowed):
    want = ALLOW if allowed else REFUSE | EPERM
    assert alone(call, *arguments) == want


@pytest.mark.parametrize("machine", system_calls.ARCHITECTURES)
def test_without_namespaces_unknown_calls_are_refused(machine):
    column, audit = system_calls.ARCHITECTURES[machine]
    program = system_calls.seccomp_program(machine, OWN)
    unknown = REFUSE | ENOSYS
    assert decide(program, 457, audit) == unknown  # statmount
    assert decide(program, 449, audit) == ALLOW  # futex_waitv
    read = {"x86_64": 0, "aarch64": 63}[machine]
    assert decide(program, read, audit) == ALLOW
    clone = system_calls.CLONE[column]
    assert decide(program, clone, audit, system_calls.CLONE_THREAD) == ALLOW
    assert decide(program, clone, audit, 17) == REFUSE | EPERM


@pytest.mark.parametrize("column", [0, 1])
def test_no_number_stands_for_two_calls(column):
    tables = [system_calls.REFUSED, system_calls.REFUSED_ALONE]
    rows = [numbers for table in tables for numbers in table.values()]
    rows += [numbers for numbers, *_ in RULED.values()]
    rows += [system_calls.CLONE, system_calls.CLONE3]
    numbers = [row[column] for row in rows if row[column] is not None]
    assert len(numbers) == len(set(numbers))

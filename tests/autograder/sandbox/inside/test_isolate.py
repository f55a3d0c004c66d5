"""The system call filter, interpreted here as the kernel would."""

import struct

import pytest

from autograder.sandbox.inside import isolate

ALLOW, KILL, REFUSE = 0x7FFF0000, 0x80000000, 0x00050000


def decide(program, number, audit, argument=0):
    """Run classic BPF over one system call."""
    data = struct.pack("<IIQQ", number, audit, 0, argument)
    at, value = 0, 0
    while True:
        code, yes, no, k = struct.unpack_from("<HBBI", program, 8 * at)
        at += 1
        if code == 0x20:
            (value,) = struct.unpack_from("<I", data, k)
        elif code == 0x06:
            return k
        else:
            holds = {0x15: value == k, 0x35: value >= k, 0x45: bool(value & k)}[code]
            at += yes if holds else no


@pytest.mark.parametrize("machine", isolate.ARCHITECTURES)
def test_every_refused_call_is_refused_and_others_pass(machine):
    column, audit = isolate.ARCHITECTURES[machine]
    program = isolate.seccomp_program(machine)
    for numbers in isolate.REFUSED.values():
        if numbers[column] is not None:
            assert decide(program, numbers[column], audit) == REFUSE | isolate.EPERM
    assert decide(program, 12345, audit) == ALLOW
    read = {"x86_64": 0, "aarch64": 63}[machine]
    assert decide(program, read, audit) == ALLOW


@pytest.mark.parametrize("machine", isolate.ARCHITECTURES)
def test_threads_pass_and_processes_do_not(machine):
    column, audit = isolate.ARCHITECTURES[machine]
    program = isolate.seccomp_program(machine)
    clone = isolate.CLONE[column]
    assert decide(program, clone, audit, isolate.CLONE_THREAD | 0x100) == ALLOW
    assert decide(program, clone, audit, 17) == REFUSE | isolate.EPERM
    assert decide(program, isolate.CLONE3[column], audit) == REFUSE | isolate.ENOSYS


def test_another_architecture_is_ended():
    program = isolate.seccomp_program("x86_64")
    assert decide(program, 0, isolate.ARCHITECTURES["aarch64"][1]) == KILL


def test_the_x32_numbers_are_refused():
    audit = isolate.ARCHITECTURES["x86_64"][1]
    program = isolate.seccomp_program("x86_64")
    assert decide(program, 0x40000000 + 57, audit) == REFUSE | isolate.EPERM


def test_an_unknown_processor_is_an_error():
    with pytest.raises(OSError, match="pdp11"):
        isolate.seccomp_program("pdp11")

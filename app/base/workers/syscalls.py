"""The system calls that a worker process may use, and their numbers on the two supported architectures.

Everything else is refused with EPERM: files, sockets, exec, signals, other processes, and calls of future kernels.
"""

from __future__ import annotations

import platform
import signal
from dataclasses import dataclass

# name → its number on x86_64 and on aarch64, None where a machine does not have it
# Not formatted, here and below: one entry a line would be three screens of numbers.
NUMBERS: dict[str, tuple[int | None, int | None]] = {
    "read": (0, 63), "write": (1, 64), "close": (3, 57), "fstat": (5, 80), "poll": (7, None), "lseek": (8, 62),
    "mmap": (9, 222), "mprotect": (10, 226), "munmap": (11, 215), "brk": (12, 214), "rt_sigaction": (13, 134),
    "rt_sigprocmask": (14, 135), "rt_sigreturn": (15, 139), "ioctl": (16, 29), "pread64": (17, 67),
    "readv": (19, 65), "writev": (20, 66), "select": (23, None), "sched_yield": (24, 124), "mremap": (25, 216),
    "madvise": (28, 233), "nanosleep": (35, 101), "getpid": (39, 172), "sendto": (44, 206), "recvfrom": (45, 207),
    "recvmsg": (47, 212), "clone": (56, 220), "exit": (60, 93), "wait4": (61, 260), "uname": (63, 160),
    "fcntl": (72, 25), "getcwd": (79, 17), "readlink": (89, None), "gettimeofday": (96, 169), "getrusage": (98, 165),
    "sysinfo": (99, 179), "times": (100, 153), "getuid": (102, 174), "getgid": (104, 176), "geteuid": (107, 175),
    "getegid": (108, 177), "getppid": (110, 173), "sigaltstack": (131, 132), "prctl": (157, 167),
    "gettid": (186, 178), "futex": (202, 98), "sched_getaffinity": (204, 123), "getdents64": (217, 61),
    "clock_gettime": (228, 113), "clock_getres": (229, 114), "clock_nanosleep": (230, 115), "exit_group": (231, 94),
    "waitid": (247, 95), "openat": (257, 56), "newfstatat": (262, 79), "readlinkat": (267, 78),
    "pselect6": (270, 72), "ppoll": (271, 73), "set_robust_list": (273, 99), "prlimit64": (302, 261),
    "getcpu": (309, 168), "seccomp": (317, 277), "getrandom": (318, 278), "membarrier": (324, 283),
    "statx": (332, 291), "rseq": (334, 293), "pidfd_send_signal": (424, 424), "pidfd_open": (434, 434),
    "clone3": (435, 435),
}  # fmt: skip
MACHINES = ("x86_64", "aarch64")
AUDIT = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}  # how the kernel names the architecture of a call

# Memory, time, open files, its own signal handlers: nothing that reaches beyond the process.
ALWAYS_ALLOWED = (
    "read", "write", "close", "fstat", "poll", "lseek", "munmap", "brk", "rt_sigaction", "rt_sigprocmask",
    "rt_sigreturn", "pread64", "readv", "writev", "select", "sched_yield", "mremap", "madvise", "nanosleep", "getpid",
    "sendto", "recvfrom", "exit", "uname", "gettimeofday", "getrusage", "sysinfo", "times", "getuid", "getgid",
    "geteuid", "getegid", "getppid", "sigaltstack", "gettid", "futex", "sched_getaffinity", "clock_gettime",
    "clock_getres", "clock_nanosleep", "exit_group", "pselect6", "ppoll", "set_robust_list", "getcpu", "getrandom",
    "membarrier", "rseq",
)  # fmt: skip
PARENT = ("recvmsg", "wait4", "waitid", "prctl", "prlimit64", "seccomp", "pidfd_send_signal", "pidfd_open")
READING = ("openat", "newfstatat", "statx", "readlink", "readlinkat", "getdents64", "getcwd")

NAMESPACES = 0x7E020000
THREAD = 0x10000
EXECUTABLE = 4
FIONBIO = 0x5421
UP_TO_GETFL = 3  # F_DUPFD, F_GETFD, F_SETFD, F_GETFL; those above make the kernel send signals to others


@dataclass(frozen=True)
class ArgumentBits:
    """A condition: the low or high half of argument `index`, masked with `mask`, equals `value`."""

    index: int
    mask: int
    value: int
    high: bool = False


WHOLE = 0xFFFFFFFF
Rules = dict[str, tuple[ArgumentBits, ...]]
# No executable memory; ioctl only for FIONBIO; fcntl only up to F_GETFL; clone only for threads.
CONDITIONAL: Rules = {
    "mmap": (ArgumentBits(2, EXECUTABLE, 0),),
    "mprotect": (ArgumentBits(2, EXECUTABLE, 0),),
    "ioctl": (ArgumentBits(1, WHOLE, FIONBIO),),
    "fcntl": (ArgumentBits(1, WHOLE & ~UP_TO_GETFL, 0),),
}
NO_NAMESPACES: Rules = {"clone": (ArgumentBits(0, NAMESPACES, 0),)}
THREADS_ONLY: Rules = {"clone": (ArgumentBits(0, NAMESPACES | THREAD, THREAD),)}
PRLIMIT_READ_ONLY: Rules = {"prlimit64": (ArgumentBits(2, WHOLE, 0), ArgumentBits(2, WHOLE, 0, high=True))}


def number(name: str) -> int | None:
    """The number on this machine, None when it has no such call. Raises ValueError on other architectures."""
    return NUMBERS[name][MACHINES.index(platform.machine())]


def is_own_fault(ended_by: int) -> bool:
    """Whether the signal is one that a process causes by its own fault, as opposed to being sent to it."""
    return signal.Signals(ended_by).name in (
        "SIGSEGV",
        "SIGBUS",
        "SIGABRT",
        "SIGFPE",
        "SIGILL",
        "SIGSYS",
        "SIGTRAP",
        "SIGXCPU",
        "SIGXFSZ",
    )

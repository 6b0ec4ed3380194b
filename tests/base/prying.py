"""A target that tries, from inside a worker, everything that a picture's code has no business with."""

from __future__ import annotations

import ctypes
import fcntl
import mmap
import os
import platform
import signal
import socket
import subprocess
from collections.abc import Callable
from functools import partial

from tests.base.jobs import Answer, Asked

Deed = Callable[[], object]  # whatever it brings is shown
LIBC = ctypes.CDLL(None, use_errno=True)
# what Python has no word for: numbers on x86_64 and aarch64
CALLS = {
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "unshare": (272, 97),
    "mount": (165, 40),
    "bpf": (321, 280),
    "keyctl": (250, 219),
    "io_uring_setup": (425, 425),
    "userfaultfd": (323, 282),
    "perf_event_open": (298, 241),
    "memfd_create": (319, 279),
    "setns": (308, 268),
    "pidfd_open": (434, 434),
    "pidfd_getfd": (438, 438),
    "process_madvise": (440, 440),
    "open_by_handle_at": (304, 265),
    "name_to_handle_at": (303, 264),
    "chroot": (161, 51),
    "setuid": (105, 146),
    "add_key": (248, 217),
    "socketpair": (53, 199),
    "execveat": (322, 281),
    "landlock_create_ruleset": (444, 444),
    "openat2": (437, 437),
}


def task(header: Asked, body: bytes) -> Answer:
    """What succeeded, each with what it brought; nothing should."""
    return {"done": {name: done for name, deed in deeds(header).items() if (done := tried(deed)) is not None}}, b""


def tried(deed: Deed) -> str | None:
    try:
        return repr(deed())[:200]
    except (OSError, ModuleNotFoundError):
        return None


def sockets() -> dict[str, Deed]:
    return {
        f"socket {family} {kind}": partial(socket.socket, family, kind)
        for family in (socket.AF_INET, socket.AF_INET6, socket.AF_UNIX, socket.AF_NETLINK, socket.AF_PACKET)
        for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW)
    }


def deeds(header: Asked) -> dict[str, Deed]:
    server, files = header["server"], header["files"]
    return (
        {
            "write": lambda: open(files[0] + ".new", "w"),
            "list": lambda: os.listdir("/"),
            "stat": lambda: os.stat("/etc"),
            "fork": os.fork,
            "run": lambda: subprocess.run(["/bin/true"], check=True),
            "own group": os.setsid,
            "signal by file": lambda: fcntl.fcntl(2, fcntl.F_SETOWN, server),
            "exec": lambda: os.execv("/bin/true", ["true"]),  # noqa: S606
            "signal": lambda: os.kill(server, 0),
            "signal the maker": lambda: os.kill(os.getppid(), 0),
            "signal all": lambda: os.kill(-1, signal.SIGCONT),
            "code": lambda: mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC),
            "descriptor": lambda: os.listdir("/proc/self/fd"),
            "remove": lambda: os.unlink(files[0]),
            "import": lambda: __import__("wave"),
        }
        | sockets()
        | {
            f"read {file}": lambda file=file: open(file, "rb").read(100)
            for file in [*files, f"/proc/{server}/environ", f"/proc/{server}/mem", f"/proc/{server}/maps"]
        }
        | {name: lambda name=name: called(name, server) for name in CALLS}
    )


def called(name: str, *arguments: int) -> str:
    """A bare system call, in which anything but "not allowed" and "not there" counts as having been let in."""
    number = CALLS[name][platform.machine() == "aarch64"]
    LIBC.syscall(ctypes.c_long(number), *map(ctypes.c_long, (*arguments, 0, 0, 0, 0)))
    if ctypes.get_errno() in (1, 38):
        raise PermissionError
    return os.strerror(ctypes.get_errno())


def knows(header: Asked, body: bytes) -> Answer:
    """All that a worker can see of its environment."""
    return {"environment": dict(os.environ), "user": [os.getuid(), os.geteuid(), os.getgid(), os.getegid()]}, b""


def threads(header: Asked, body: bytes) -> Answer:
    """What password hashing needs: threads of its own process."""
    import threading

    done: list[int] = []
    ran = [threading.Thread(target=done.append, args=(number,)) for number in range(4)]
    for each in ran:
        each.start()
    for each in ran:
        each.join()
    return {"done": sorted(done)}, b""


def pick(header: Asked, body: bytes) -> Answer:
    return {"task": task, "knows": knows, "threads": threads}[header["do"]](header, body)

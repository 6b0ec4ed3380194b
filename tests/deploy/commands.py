"""Commands of docs/deploy.md that must not run as they are: `commands.py PLACE NAME WORD…` stands in for each."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
if __name__ == "__main__":
    sys.path[0] = str(ROOT)

from tests.deploy import units  # noqa: E402
from tests.deploy.place import NAME, PATH, Place, read  # noqa: E402

# What is never in a fresh clone, as .gitignore says; and what the stand-in for `make` finds ready.
IGNORED = [line.rstrip("/").rpartition("/")[2] for line in (ROOT / ".gitignore").read_text().split()]
READY = (".venv/ready", "node_modules/.package-lock.json")
INSTALLS = os.environ.get("DEPLOY_INSTALLS") == "1"


def adduser(place: Place, words: list[str]) -> None:
    """The home of the new user; there is no user."""
    Path(words[words.index("--home") + 1]).mkdir(parents=True, exist_ok=True)


def apt_get(place: Place, words: list[str]) -> None:
    """What it would install is there, or the test is skipped."""


def chown(place: Place, words: list[str]) -> None:
    """There is no other user; what would be theirs is noted."""
    with (place.root / "run" / "chown").open("a") as noted:
        print(*words, file=noted)


def curl(place: Place, words: list[str]) -> None:
    """The server's name leads to nginx, whose certificate is trusted."""
    to = f"{NAME}:443:127.0.0.1:{place.port}"
    become(place, "curl", "--connect-to", to, "--cacert", str(place.certificate), *words)


def git(place: Place, words: list[str]) -> None:
    """A clone is a copy of this checkout as it is; there is nothing to pull."""
    if words[0] == "clone":
        into = Path(words[-1])
        shutil.copytree(ROOT, into, ignore=shutil.ignore_patterns(".git", *IGNORED))
        for file in (into / "deploy").iterdir():
            file.write_text(place.placed(file.read_text()))
        if not INSTALLS:
            (into / ".venv").symlink_to(sys.prefix)
            (into / "node_modules").symlink_to(ROOT / "node_modules")


def id_(place: Place, words: list[str]) -> None:
    """Root, to whom this user is not known."""
    if words != ["-u"]:
        sys.exit(1)
    print("0")


def make(place: Place, words: list[str]) -> None:
    """Make, to which packages and modules are not new."""
    become(place, "make", *([] if INSTALLS else [f"--assume-old={file}" for file in READY]), *words)


def nginx(place: Place, words: list[str]) -> None:
    """nginx in this place."""
    log, conf = place.root / "run" / "nginx.log", place.root / "etc" / "nginx" / "nginx.conf"
    become(place, "nginx", "-p", place.folder, "-e", str(log), "-c", str(conf), *words)


def python3(place: Place, words: list[str]) -> None:
    """The Python of this test."""
    become(place, sys.executable, *words)


def runuser(place: Place, words: list[str]) -> None:
    """The same user; with NEIGHBOUR the other one may not look into what is below that folder."""
    wanted = words[words.index("--") + 1 :]
    private = os.environ.get("NEIGHBOUR")
    if private and wanted[0] == "test" and Path(wanted[-1]).absolute().is_relative_to(private):
        sys.exit(1)
    os.execvp(wanted[0], wanted)  # noqa: S606 — no shell is wanted


def sudo(place: Place, words: list[str]) -> None:
    """The same user."""
    wanted = words[2:] if words[0] == "-u" else words
    os.execvp(wanted[0], wanted)  # noqa: S606 — no shell is wanted


def systemctl(place: Place, words: list[str]) -> None:
    """`units.py`; nginx is its own."""
    action, name = words[0], words[-1]
    if action == "is-system-running":
        print("offline" if os.environ.get("WITHOUT_SYSTEMD") else "running")
    elif action == "is-active":
        sys.exit(0 if (place.root / "run" / ("nginx.pid" if name == "nginx" else "main")).exists() else 3)
    elif name == "nginx":
        turn_nginx(place, action)
    elif action == "stop":
        sys.exit(units.stop(place, f"{name}.service"))
    elif action == "restart":
        units.stop(place, f"{name}.service")
        units.start(place, f"{name}.service")
    elif not name.endswith((".timer", "daemon-reload")):
        units.start(place, f"{name}.service")


def turn_nginx(place: Place, action: str) -> None:
    """Debian starts it when it is installed; here a reload does."""
    file = place.root / "run" / "nginx.pid"
    pid = file.read_text().strip() if file.exists() else ""
    if action.startswith("reload"):
        nginx(place, ["-s", "reload"] if pid else [])
    elif pid:
        units.end(int(pid))


def become(place: Place, name: str, *words: str) -> None:
    """Be the real program of this name from here on."""
    found = shutil.which(name, path=PATH.removeprefix(f"{place.root}/bin:"))
    if found is None:
        sys.exit(f"{name}: not found")
    os.execv(found, [found, *words])  # noqa: S606 — no shell is wanted


COMMANDS = {
    "adduser": adduser,
    "apt-get": apt_get,
    "chown": chown,
    "curl": curl,
    "git": git,
    "id": id_,
    "make": make,
    "nginx": nginx,
    "python3": python3,
    "runuser": runuser,
    "sudo": sudo,
    "systemctl": systemctl,
}

if __name__ == "__main__":
    COMMANDS[sys.argv[2]](read(sys.argv[1]), sys.argv[3:])

"""A machine that docs/deploy.md is typed into: a folder that stands for `/`, and commands that know of it.

What differs from a real machine stands in `place.py` (paths and ports), `commands.py` and `units.py`, and nowhere else:

- paths below /opt, /etc, /var and /backup lie below the folder, ports are free ones;
- nobody becomes another user, nothing is installed by apt, and the repository is a copy of this checkout;
- `make install` finds the Python packages and node modules of this checkout (DEPLOY_INSTALLS=1: it installs its own);
- the units are started without systemd, and without what it locks them in with (ProtectSystem= and its like);
- the name of the server leads to this machine, and its certificate is the one that deploy/install makes.
"""

from __future__ import annotations

import os
import shlex
import shutil
import stat
import subprocess
import sys
from pathlib import Path

from app.config import Settings
from tests.deploy.commands import COMMANDS
from tests.deploy.document import Block
from tests.deploy.place import PATH, Place
from tests.deploy.units import settings_of
from tests.house.tree import ROOT
from tests.ports import free_port

NEEDED = ("bash", "make", "node", "npm", "nginx", "curl", "openssl")
FOLDERS = ("bin", "etc/nginx/conf.d", "etc/systemd/system", "opt", "run", "var/lib", "var/tmp")
SETTINGS = {name.upper() for name in Settings.model_fields}
TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


class Machine:
    """One such machine in an empty folder."""

    def __init__(self, root: Path) -> None:
        self.place = Place(str(root), free_port(), free_port(), free_port())
        self._cwd = root
        for folder in FOLDERS:
            (root / folder).mkdir(parents=True)
        for name in COMMANDS:
            self._stand_in(root / "bin" / name)
        self.write_nginx("events {}\n")  # as Debian's package does

    def type(self, block: Block) -> str:
        """Type a block where the one before has ended; what it says. Raises AssertionError when a line fails."""
        where = self.place.root / "run" / "where"
        lines = f"{self.place.placed(block.text)}\npwd >{where}\n"
        done = self._run("bash", "-euo", "pipefail", "-c", lines, cwd=self._cwd)
        said = done.stdout + done.stderr
        assert done.returncode == 0, f"docs/deploy.md, line {block.line}: {said}\n{self.journal()}"
        self._cwd = Path(where.read_text().strip())
        return said

    def flask(self, *words: str) -> subprocess.CompletedProcess[str]:
        """`flask …` with the settings of the server."""
        settings = settings_of(self.place.root / "etc" / "zhengzhao.env") | {"FLASK_APP": "app"}
        return self._run(str(self.place.app / ".venv" / "bin" / "flask"), *words, cwd=self.place.app, **settings)

    def clone(self) -> None:
        """`git clone …`, where the program has to lie."""
        done = self._run("git", "clone", "<repository>", str(self.place.app))
        assert done.returncode == 0, done.stderr

    def install(self, *words: str, **told: str) -> subprocess.CompletedProcess[str]:
        """`deploy/install …`."""
        return self._run(str(self.place.app / "deploy" / "install"), *words, cwd=None, **told)

    def server_flask(self, *words: str, cwd: Path | None = None, **told: str) -> subprocess.CompletedProcess[str]:
        """`deploy/flask …`, typed in a folder."""
        return self._run(str(self.place.app / "deploy" / "flask"), *words, cwd=cwd, **told)

    def restore(self, *words: str, **told: str) -> subprocess.CompletedProcess[str]:
        """`sh deploy/restore.sh …`."""
        return self._run("sh", str(self.place.app / "deploy" / "restore.sh"), *words, cwd=None, **told)

    def journal(self) -> str:
        """What the units have said."""
        file = self.place.root / "run" / "journal"
        return file.read_text() if file.exists() else ""

    def write_nginx(self, told: str) -> None:
        """/etc/nginx/nginx.conf in short, with what the document puts into it."""
        run = self.place.root / "run"
        user = "user root;\n" if os.geteuid() == 0 else ""
        kept = "".join(f"    {kind}_temp_path {run}/{kind};\n" for kind in TEMPORARY)
        sites = f"http {{\n    access_log off;\n{kept}    include {self.place.root}/etc/nginx/conf.d/*.conf;\n}}\n"
        main = f"{user}pid {run}/nginx.pid;\nerror_log {run}/nginx.log;\n"
        (self.place.root / "etc" / "nginx" / "nginx.conf").write_text(main + told + sites)

    def stop(self, unit: str) -> int:
        """`systemctl stop`; the exit code of what ran, 0 when nothing did."""
        return self._run("systemctl", "stop", unit).returncode

    def verify(self, unit: str) -> str:
        """What systemd says about a unit that is installed."""
        file = self.place.root / "etc" / "systemd" / "system" / unit
        done = self._run("systemd-analyze", "verify", str(file))
        return done.stdout + done.stderr

    def _run(self, *words: str, cwd: Path | None = None, **settings: str) -> subprocess.CompletedProcess[str]:
        """A command of somebody who is logged in; nothing of the tester's own settings counts."""
        kept = {name: value for name, value in os.environ.items() if name not in SETTINGS}
        environment = kept | {"PATH": self.place.tools_path, "LC_ALL": "C.UTF-8"} | settings
        found = shutil.which(words[0], path=self.place.tools_path) or words[0]
        return subprocess.run(
            [found, *words[1:]],
            cwd=cwd or self.place.root,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    def _stand_in(self, file: Path) -> None:
        python, place = shlex.quote(sys.executable), shlex.quote(self.place.written())
        file.write_text(f'#!/bin/sh\nexec {python} {ROOT}/tests/deploy/commands.py {place} {file.name} "$@"\n')
        file.chmod(file.stat().st_mode | stat.S_IXUSR)


def missing() -> list[str]:
    """The programs that are not on this machine."""
    return [name for name in NEEDED if shutil.which(name, path=PATH) is None]

"""A server on a machine that deploy/install has made of a bare folder, and its first operator (tests/deploy)."""

from __future__ import annotations

import os
from pathlib import Path

from tests.deploy.machine import Machine
from tests.deploy.place import NAME
from tests.deploy.units import settings_of
from tests.e2e.accounts import ONE_TIME
from tests.e2e.world import World


class Installed(World):
    """It runs the installed program, with the settings that the installation has written (`app.start` would make it a
    demo by itself)."""

    def __init__(self, root: Path, **settings: str) -> None:
        self.machine = Machine(root)
        place = self.machine.place
        super().__init__(place.kept)
        self.code = place.app
        self.file = root / "etc" / "zhengzhao.env"
        self._install()
        self._mend({"PORT": str(self.port), "PUBLIC_URL": self.origin, "TRUSTED_PROXIES": "0", **settings})
        written = settings_of(self.file)
        self.environment = {"PATH": os.environ["PATH"], "PYTHONUNBUFFERED": "1", "DEMO": "0", **written}

    def begin(self) -> str:
        """`deploy/flask init`, then the server; the first operator's one-time password."""
        done = self.machine.server_flask("init")
        assert done.returncode == 0, done.stderr
        assert f"{self.origin}/login" in done.stdout
        [password] = ONE_TIME.findall(done.stdout)
        self.start()
        return str(password)

    def _install(self) -> None:
        self.machine.clone()
        done = self.machine.install(NAME, WITHOUT_SYSTEMD="1")
        assert done.returncode == 0, done.stdout + done.stderr
        assert "deploy/flask init" in done.stdout

    def _mend(self, settings: dict[str, str]) -> None:
        """What the office sets: no nginx stands in front here, and the parent system is known."""
        lines = self.file.read_text().splitlines()
        others = [line for line in lines if line.partition("=")[0] not in {*settings, "METRICS_ADDRESS"}]
        self.file.write_text("\n".join([*others, *(f"{name}={value}" for name, value in settings.items())]) + "\n")

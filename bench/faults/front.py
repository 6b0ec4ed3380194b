"""nginx for real, as operators are told to configure it: plain HTTP on a port of its own, nothing else changed.

TLS is left out, so that drivers may speak over bare sockets.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import time
from pathlib import Path

PATIENCE = 20.0
MAIN = """
daemon off;
worker_processes 1;
worker_rlimit_nofile 32768;
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
{user}
events {{ worker_connections 16384; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/zhengzhao.conf;
}}
"""


class NoNginx(RuntimeError):
    """It is not installed; the message says what to do."""


class Front:
    """One nginx, listening on `port` and passing on to `back`."""

    def __init__(self, folder: Path, root: Path, port: int, back: int) -> None:
        self.folder, self.port = folder, port
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "zhengzhao.conf").write_text(adapted(config_of(root), port, back))
        user = "user root;" if os.geteuid() == 0 else ""
        (folder / "nginx.conf").write_text(MAIN.format(folder=folder, user=user))
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Returns once it accepts. Raises NoNginx."""
        self._process = subprocess.Popen(
            [
                program(),
                "-c",
                str(self.folder / "nginx.conf"),
                "-p",
                str(self.folder),
                "-e",
                str(self.folder / "error.log"),
            ]
        )
        until = time.monotonic() + PATIENCE
        while not _accepts(self.port):
            if self._process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"nginx did not start: {(self.folder / 'error.log').read_text()}")
            time.sleep(0.05)

    def stop(self) -> None:
        """End it."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(PATIENCE)
            self._process = None


def program() -> str:
    """Where nginx is. Raises NoNginx."""
    found = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
    if found is None:
        raise NoNginx("nginx is not installed; please install the Debian package nginx-light, or give --way direct")
    return found


def config_of(root: Path) -> str:
    """What that checkout tells operators to write: in a file, in older ones within docs/deploy.md."""
    file = root / "deploy" / "nginx.conf"
    if file.exists():
        return file.read_text()
    return (root / "docs" / "deploy.md").read_text().partition("```nginx\n")[2].partition("```")[0]


def adapted(text: str, port: int, back: int) -> str:
    """The operators' configuration for this machine. Raises ValueError when it no longer has what is replaced."""
    text = replaced(text, r"listen 443 ssl http2", f"listen 127.0.0.1:{port}")
    text = replaced(text, r"^\s*ssl_\w+ .*\n", "")
    text = re.sub(r"(?m)^\s*access_log .*\n", "", text)
    text = replaced(text, r"(?s)server \{\s*listen 80;.*?\n\}\n", "")
    text = replaced(text, r"server 127\.0\.0\.1:5000;", f"server 127.0.0.1:{back};")
    return replaced(text, r"zz\.example\.cn", "localhost")


def replaced(text: str, what: str, by: str) -> str:
    """All of it. Raises ValueError when there is none."""
    text, count = re.subn(what, by, text, flags=re.MULTILINE)
    if not count:
        raise ValueError(f"deploy/nginx.conf has no {what}")
    return text


def _accepts(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True

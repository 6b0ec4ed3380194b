"""An address that nothing could be sent to stops the start, and is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.config import load
from app.start import kept_secrets
from tests.outbox.telling import KEY_TEXT


def read(folder: Path, **given: str) -> str:
    """Read the settings as a start does; where notices go."""
    secrets = {name.lower(): value for name, value in kept_secrets(folder).items()}
    settings = load(**secrets, **given, _env_file=None)
    return settings.webhook_url or settings.mail_url


@pytest.mark.parametrize(
    "url",
    [
        "http://parent.example/",
        "https://name:password@parent.example/",
        "https://parent.example:70000/",
        "https://parent.example/a b",
        "https://parent.example/证",
        "https://",
        "ftp://parent.example/",
    ],
)
def test_of_the_parent_system(tmp_path: Path, url: str) -> None:
    with pytest.raises(SystemExit, match="WEBHOOK_URL"):
        read(tmp_path, webhook_url=url, webhook_key=KEY_TEXT)


@pytest.mark.parametrize(
    "url", ["mail.example", "smtp://", "smtps://mail.example:0", "smtps://a:密码@mail.example", "smtp://mail .example"]
)
def test_of_the_mail_server(tmp_path: Path, url: str) -> None:
    with pytest.raises(SystemExit, match="MAIL_URL"):
        read(tmp_path, mail_url=url, mail_from="a@office.example", mail_to="b@office.example")


@pytest.mark.parametrize("url", ["https://parent.example:8443/hook?a=1&b=2", "http://127.0.0.1:9000/"])
def test_others_are_taken_as_they_are(tmp_path: Path, url: str) -> None:
    assert read(tmp_path, webhook_url=url, webhook_key=KEY_TEXT) == url

"""The client of docs/integration.md works as it stands there, against a real server, with a receiver of its own."""

from __future__ import annotations

import base64
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from app import ROOT
from app.parent.rules import Why
from tests.e2e.world import World
from tests.outbox.receiver import Receiver, receiving
from tests.outbox.telling import KEY, KEY_TEXT
from tests.parent.signing import KEYS, KEYS_TEXT
from tests.parent.surfing import Surfer
from tests.parent.test_requests import PERSON, RESULT

DOCUMENT = (ROOT / "docs" / "integration.md").read_text(encoding="utf-8")
PERSON_OF_THE_DEMO = "010126000001"
LINES = 50


def client(world: World) -> Any:
    """What the document's code makes."""
    [code] = re.findall(r"^```python\n(.*?)^```$", DOCUMENT, re.MULTILINE | re.DOTALL)
    assert len(code.splitlines()) < LINES
    known: dict[str, Any] = {}
    exec(code, known)  # noqa: S102 — our own document
    return SimpleNamespace(**known).Zhengzhao(world.origin, "p1", KEYS["p1"], {"w1": KEY})


@pytest.fixture(scope="module")
def receiver() -> Iterator[Receiver]:
    """The parent system's end."""
    with receiving() as made:
        yield made


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory, receiver: Receiver) -> Iterator[World]:
    folder: Path = tmp_path_factory.mktemp("parent")
    made = World(folder, PARENT_KEYS=KEYS_TEXT, WEBHOOK_URL=receiver.url, WEBHOOK_KEY=KEY_TEXT).start()
    yield made
    made.stop()


def settled(parent: Any, request_id: str) -> dict[str, Any]:
    """What became of a request, once it is known."""
    pause = threading.Event()
    for _each in range(300):
        said: dict[str, Any] = parent.state(request_id)
        if said.get("state") != "waiting":
            return said
        pause.wait(0.2)
    raise AssertionError(said)


def test_it_launches_sends_and_verifies(world: World, receiver: Receiver) -> None:
    parent, browser = client(world), Surfer(world.origin)
    assert parent.send("candidates", [PERSON], "people-1")["state"] == "waiting"
    assert settled(parent, "people-1")["counts"]["new"] == 1
    parent.send("results", [RESULT | {"exam_number": PERSON["exam_number"]}], "results-1")
    assert settled(parent, "results-1")["state"] == "done"
    parent.send("results", [RESULT | {"exam_number": "999999999999"}], "results-2")
    [finding] = settled(parent, "results-2")["findings"]
    assert (finding["row"], finding["field"]) == (1, "exam_number")

    browser.post("/launch", parent.launch(PERSON_OF_THE_DEMO), "https://parent.example")
    browser.press("是我，进入")
    assert browser.address == f"{world.origin}/apply"
    browser.press("申请")
    got = receiver.wait_for("application.created", PERSON_OF_THE_DEMO)
    assert parent.event(got.headers, got.body) == got.said
    assert parent.event(got.headers, got.body + b" ") is None


def test_secrets_stay_out_of_logs_and_of_the_environment(world: World) -> None:
    secrets = [base64.b64encode(key).decode() for key in (*KEYS.values(), KEY)]
    assert [secret for secret in secrets if secret in world.log()] == []
    assert world.process
    block = Path(f"/proc/{world.process.pid}/environ")
    assert [secret for secret in secrets if secret.encode() in readable(block)] == []


def readable(path: Path) -> bytes:
    """What is in a file, empty when we may not read it."""
    try:
        return path.read_bytes()
    except PermissionError:
        return b""


@pytest.mark.parametrize("why", [why for why in Why if why != Why.CONFLICT])
def test_the_document_names_every_refusal(why: Why) -> None:
    assert f"`{why}`" in DOCUMENT

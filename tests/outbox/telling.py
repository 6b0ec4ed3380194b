"""Notices as tests make and send them."""

from __future__ import annotations

import base64
import threading
from collections.abc import Mapping

from app.http.provided import provided_by
from app.outbox import actions
from app.outbox.actions import Happened
from app.outbox.model import Notice, Way
from app.outbox.port import Sender, Webhook
from app.outbox.rules import Channel, Letter, NoticeKind, Tried
from app.outbox.runner import Deliverer
from tests.world import World

KEY = b"w" * 32
KEY_TEXT = f"w1:{base64.b64encode(KEY).decode()}"


class FakeSender:
    """Notes what it is given, and answers what it was told to; the last for ever."""

    def __init__(self, *answers: Tried) -> None:
        self.sent: list[Letter] = []
        self._answers = list(answers) or [Tried()]

    def send(self, letter: Letter) -> Tried:
        self.sent.append(letter)
        return self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]


def told(
    world: World, subject: str = "", kind: NoticeKind = NoticeKind.TEST, channel: Channel = Channel.WEBHOOK
) -> Notice:
    """Something has happened."""
    with world.dependencies.db.writing() as db:
        notice = actions.tell(db, Happened(kind, subject=subject), world.clock.now(), channel)
        assert notice
        db.flush()
        return notice


def deliverer(world: World, senders: Mapping[Channel, Sender] | None = None) -> Deliverer:
    """What sends: as the application made it, or with other senders."""
    if senders is None:
        return provided_by(world.app).get(Deliverer)
    return Deliverer(world.dependencies.db, world.clock, senders)


def webhook(world: World, url: str, seconds: float) -> Deliverer:
    """One whose tries end after so many seconds."""
    return deliverer(world, {Channel.WEBHOOK: Webhook(url, {"w1": KEY}, world.clock, seconds)})


def deliver(world: World, by: Deliverer | None = None) -> int:
    """Send what is due; how many were tried."""
    return (by or deliverer(world)).run(threading.Event())


def notices(world: World) -> list[tuple[str, str, int, str]]:
    """NoticeKind, state, tries and error of all, oldest first."""
    return [(each.kind, each.state, each.tries, each.error) for each in world.rows(Notice)]


def way(world: World, channel: Channel = Channel.WEBHOOK) -> Way:
    """How a channel fares."""
    [found] = world.rows(Way, channel=channel)
    return found

"""The formats, byte for byte: what a client in another language has to produce. These never change."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from app.outbox.rules import signature
from app.parent.rules import (
    AHEAD,
    LAUNCH_LIFE,
    Rejected,
    Signature,
    Why,
    check,
    read_launch,
    read_signature,
    request_message,
)

KEY = bytes(range(32))
NOW = datetime(2026, 12, 1, 3, 0, 0, tzinfo=UTC)
TIME = "1796094000"
LAUNCH = {
    "key": "k1",
    "candidate": "010126000001",
    "time": TIME,
    "nonce": "0123456789abcdef",
    "next": "/apply",
    "mac": "c5ac293019a40fcbf92ae42945168bea724f340363ff20c812221620cb4d3038",
}
BODY = '{"rows":[{"exam_number":"010126000001","name":"陈"}]}'.encode()


def test_a_launch() -> None:
    launch = read_launch(LAUNCH)
    assert launch.message == f"launch\nk1\n010126000001\n{TIME}\n0123456789abcdef\n/apply".encode()
    check(launch.signature, launch.message, {"k1": KEY}, NOW, LAUNCH_LIFE)


def test_a_request() -> None:
    given = read_signature(f"key=k1,time={TIME},mac=d4b7c5d3e5c71b6a750c42b5b4a1b43a46b7ab538b441a73f24576b98e51ae19")
    message = request_message(given, "POST", "/parent/candidates", "list-2026-12-01", BODY)
    assert message == f"request\nPOST\n/parent/candidates\n{TIME}\nlist-2026-12-01\n".encode() + BODY
    check(given, message, {"k1": KEY}, NOW, LAUNCH_LIFE)


def test_a_webhook() -> None:
    assert (
        signature("w1", KEY, NOW, BODY)
        == f"key=w1,time={TIME},mac=bb05d961f62e1667f59952e4892ac22fbc8b78318f6d74044beeb9a2a01a793a"
    )


@pytest.mark.parametrize(
    ("age", "why", "seconds"),
    [
        (0, None, 0),
        (LAUNCH_LIFE, None, 0),
        (LAUNCH_LIFE + 1, Why.TOO_OLD, LAUNCH_LIFE + 1),
        (-AHEAD, None, 0),
        (-AHEAD - 1, Why.AHEAD, AHEAD + 1),
    ],
)
def test_the_time_counts_to_the_second(age: int, why: Why | None, seconds: int) -> None:
    moment = datetime.fromtimestamp(int(TIME) + age, UTC)
    launch = read_launch(LAUNCH)
    if why is None:
        check(launch.signature, launch.message, {"k1": KEY}, moment, LAUNCH_LIFE)
        return
    with pytest.raises(Rejected) as told:
        check(launch.signature, launch.message, {"k1": KEY}, moment, LAUNCH_LIFE)
    assert (told.value.why, told.value.seconds) == (why, seconds)


@pytest.mark.parametrize("field", ["candidate", "time", "nonce", "next", "key"])
def test_whatever_is_changed_breaks_it(field: str) -> None:
    changed = LAUNCH | {field: {"next": "/print", "time": str(int(TIME) + 1)}.get(field, LAUNCH[field][:-1] + "Z")}
    launch = read_launch(changed)
    with pytest.raises(Rejected) as told:
        check(launch.signature, launch.message, {"k1": KEY, "kZ": KEY}, NOW, LAUNCH_LIFE)
    assert told.value.why == Why.BAD_SIGNATURE


def test_what_is_signed_for_one_thing_is_not_good_for_another() -> None:
    """A webhook's, a request's and a launch's first lines differ."""
    header = dict(part.split("=", 1) for part in signature("k1", KEY, NOW, BODY).split(","))
    given = Signature("k1", int(TIME), header["mac"])
    for message in (BODY, request_message(given, "POST", "/parent/results", "request-1", BODY)):
        with pytest.raises(Rejected):
            check(given, message, {"k1": KEY}, NOW, LAUNCH_LIFE)

"""What phone and desktop say to each other through a real server, in each mode."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from socketio import SimpleClient
from socketio.exceptions import TimeoutError as NothingCame

from app.http.admission import WORDS
from app.phone.beside_texts import PROMPTS
from app.phone.relay_rules import FROM_DESK, FROM_PHONE, LONGEST, is_description, is_prompt, is_signal
from bench.people import Person, arrive
from tests.e2e.world import World

OFFER = (
    "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\n"
    "a=candidate:1 1 udp 2113937151 6ad3b2f0-0000.local 50000 typ host generation 0\r\n"
)
AFAR = OFFER + "a=candidate:2 1 udp 1 203.0.113.7 50000 typ srflx raddr 0.0.0.0 rport 0\r\n"
SOUND = OFFER + "m=audio 9 UDP/TLS/RTP/SAVPF 111\r\n"
WELL, PLAIN = "live.well", "shoot.prompt"
PATIENCE = 30  # seconds: the machine may be busy


@pytest.fixture(scope="module", params=["eventlet", "threading"])
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    running = World(tmp_path_factory.mktemp(request.param), request.param).start()
    yield running
    assert running.stop() == 0
    assert "Traceback" not in running.log()


@pytest.fixture
def person(server: World) -> Person:
    [somebody] = arrive(server, 1)
    return somebody


@contextmanager
def socket(server: World, cookie: str, namespace: str) -> Iterator[SimpleClient]:
    """A page's socket."""
    with SimpleClient(reconnection=False) as client:
        headers = {"Cookie": cookie}
        client.connect(server.origin, headers, namespace=namespace, transports=["websocket"], wait_timeout=PATIENCE)
        yield client


@contextmanager
def both(server: World, person: Person) -> Iterator[tuple[SimpleClient, SimpleClient]]:
    """The phone and a desktop that watches."""
    with socket(server, person.phone, "/phone") as hand, socket(server, person.desk, "/desk") as desk:
        desk.emit("signal", ("watch", "picture"))
        assert heard(hand)[:2] == ["signal", "watch"]
        yield hand, desk


def heard(client: SimpleClient, within: float = PATIENCE) -> list[str]:
    """The next message that is no bell."""
    while (message := client.receive(timeout=within))[0] == "bell":
        pass
    return list(message)


def silent(client: SimpleClient) -> bool:
    """Whether nothing came that was not expected."""
    try:
        heard(client, within=0.5)
    except NothingCame:
        return True
    return False


def watcher_of(hand: SimpleClient, desk: SimpleClient) -> str:
    """How the phone addresses this page."""
    desk.emit("signal", ("watch", "picture"))
    return heard(hand)[2]


def test_a_prompt_reaches_the_desk_and_nothing_but_prompts(server: World, person: Person) -> None:
    with both(server, person) as (hand, desk):
        for said in ("Hello", "live.nothing", "live.auto.on", "look.title", WELL, ""):
            hand.emit("prompt", said)
        assert heard(desk) == ["prompt", WELL]
        assert heard(desk) == ["prompt", ""]
    assert not server.rows("SELECT 1 FROM pairing_event WHERE detail LIKE '%live%' OR code LIKE '%prompt%'")


def test_an_offer_reaches_the_page_that_watches_and_the_answer_the_phone(server: World, person: Person) -> None:
    with both(server, person) as (hand, desk), socket(server, person.desk, "/desk") as other:
        page = watcher_of(hand, desk)
        other.emit("signal", ("watch", "picture"))
        second = heard(hand)[2]
        hand.emit("signal", ("offer", page, OFFER))
        assert heard(desk) == ["signal", "offer", OFFER]
        assert silent(other)
        desk.emit("signal", ("answer", OFFER))
        assert heard(hand) == ["signal", "answer", page, OFFER]
        assert second != page
    query = "SELECT count(*) FROM pairing_event WHERE code = 'picture_shown' GROUP BY pairing_id"
    assert (1,) in server.rows(query)


def test_what_no_page_of_ours_signals_is_dropped(server: World, person: Person) -> None:
    with both(server, person) as (hand, desk):
        page = watcher_of(hand, desk)
        for words in (AFAR, SOUND, "hello", "v=0" + "x" * LONGEST):
            hand.emit("signal", ("offer", page, words))
        hand.emit("signal", ("watch", "picture"))
        desk.emit("signal", ("answer", AFAR))
        desk.emit("signal", ("here",))
        assert silent(desk)
        assert silent(hand)


def test_nobody_else_hears_or_is_heard(server: World, person: Person) -> None:
    [stranger] = arrive(server, 1)
    with both(server, person) as (hand, desk), both(server, stranger) as (their_hand, their_desk):
        page, theirs = watcher_of(hand, desk), watcher_of(their_hand, their_desk)
        hand.emit("signal", ("offer", theirs, OFFER))
        hand.emit("prompt", WELL)
        desk.emit("signal", ("answer", OFFER))
        assert heard(desk) == ["prompt", WELL]
        assert heard(hand) == ["signal", "answer", page, OFFER]
        assert silent(their_desk)
        assert silent(their_hand)


def test_a_page_that_does_not_watch_hears_nothing(server: World, person: Person) -> None:
    with both(server, person) as (hand, desk), socket(server, person.desk, "/desk") as other:
        hand.emit("prompt", WELL)
        assert heard(desk) == ["prompt", WELL]
        assert silent(other)


@pytest.mark.parametrize(
    "ends",
    [
        "UPDATE pairing SET permitted_until = claimed_at",
        "UPDATE pairing SET ended_at = claimed_at, end_reason = 'revoked'",
        "UPDATE phone_session SET moved_at = made_at",
        "UPDATE pairing SET subject = 'documents'",
    ],
)
def test_after_the_pairing_nothing_is_passed_on(server: World, person: Person, ends: str) -> None:
    with both(server, person) as (hand, desk):
        page = watcher_of(hand, desk)
        server.change(ends)
        hand.emit("prompt", WELL)
        hand.emit("signal", ("offer", page, OFFER))
        desk.emit("signal", ("answer", OFFER))
        assert silent(desk)
        assert silent(hand)


def test_without_a_login_a_desk_is_not_heard(server: World, person: Person) -> None:
    with both(server, person) as (hand, desk):
        server.change("UPDATE login SET ended_at = seen_at")
        desk.emit("signal", ("answer", OFFER))
        assert silent(hand)


def test_too_many_signals_are_dropped(server: World, person: Person) -> None:
    """Forty a minute and side; the first was the page's `watch`."""
    with both(server, person) as (hand, desk), socket(server, person.desk, "/desk") as other:
        for _ in range(25):
            desk.emit("signal", ("bye",))
            other.emit("signal", ("bye",))
        for _ in range(39):
            assert heard(hand)[:2] == ["signal", "bye"]
        assert silent(hand)


def test_when_the_phone_is_gone_nothing_is_asked(server: World, person: Person) -> None:
    with socket(server, person.desk, "/desk") as desk:
        with socket(server, person.phone, "/phone") as hand:
            desk.emit("signal", ("watch", ""))
            assert heard(hand)[:2] == ["signal", "watch"]
            hand.emit("prompt", PLAIN)
            assert heard(desk) == ["prompt", PLAIN]
        assert heard(desk) == ["prompt", ""]


@pytest.mark.parametrize("key", ["", *PROMPTS])
def test_every_prompt_has_words_and_gets_past_the_door(key: str) -> None:
    assert is_prompt(key)
    assert not key or PROMPTS[key]
    assert WORDS.fullmatch(f'2/phone,["prompt","{key}"]')


@pytest.mark.parametrize(
    ("words", "fair"),
    [
        (OFFER, True),
        (OFFER.replace("\r\n", "\n"), True),
        (AFAR, False),
        (SOUND, False),
        ("", False),
        ("x" + OFFER, False),
    ],
)
def test_descriptions(words: str, fair: bool) -> None:
    assert is_description(words) is fair
    assert is_signal(FROM_PHONE, "offer", words) is fair
    assert is_signal(FROM_DESK, "answer", words) is fair
    assert not is_signal(FROM_DESK, "offer", words)

"""Guessing passwords and last fours, and locking others out by it."""

from __future__ import annotations

import html
import re
import time
from collections.abc import Callable, Iterator, Mapping

from bench.faults.browser import PASSWORD, Browser, Desk, Phone
from bench.faults.findings import Counts, Driver, Finding
from bench.faults.place import Place
from bench.faults.raw import STRANGER
from tests.e2e.conftest import newcomer

TOLD = re.compile(r"/m#([\w.~-]+)")
BETWEEN = "127.0.0.77"
MOST = 250  # requests of a stranger
WAITED = 1.5  # seconds between two tries of an honest person


def respelled(place: Place, counts: Counts) -> Mapping[str, float]:
    """Wrong guesses for one account by somebody who holds a device cookie of it and spells it anew each time."""
    desk = Desk(place)
    desk.log_in(newcomer(place))
    device = {name: value for name, value in desk.cookies.items() if name not in ("session", "csrf")}
    spellings, judged, until = _spellings(device), 0, time.monotonic() + counts.guess_seconds
    guesser = Browser(place, STRANGER)
    guesser.open("/login")
    while time.monotonic() < until:
        guesser.cookies |= next(spellings)
        judged += _is_judged(_try(guesser, desk.number, f"guess {judged}"))
    return {"judged": judged}


def _spellings(cookies: dict[str, str]) -> Iterator[dict[str, str]]:
    """The same cookies, with signs that base64 passes over, and other last bits."""
    yield cookies
    for number in range(1, 10_000):
        marks = "".join("!*~"[int(digit)] for digit in _base3(number))
        yield {name: f"{value[:-5]}{marks}{value[-5:]}" for name, value in cookies.items()}


def _base3(number: int) -> str:
    return (_base3(number // 3) if number > 2 else "") + str(number % 3)


def locked_out(place: Place, counts: Counts) -> Mapping[str, float]:
    """A stranger with many addresses guesses at one account; then its owner comes, from two browsers."""
    number = newcomer(place)
    known = Desk(place)
    known.log_in(number)
    known.open("/apply")
    known.press("退出")
    needed, judged = _hammer(Browser(place), lambda _n: number, lambda n: f"127.0.1.{n // 8 + 1}")
    return {
        "needed": needed,
        "judged": judged,
        "known": float(_gets_in(known, number)),
        "new": float(_gets_in(Desk(place), number)),
    }


def school(place: Place, counts: Counts) -> Mapping[str, float]:
    """A stranger at one address tries invented names; then honest people behind the same address log in."""
    known, numbers = Desk(place, BETWEEN), [newcomer(place) for _ in range(5)]
    known.log_in(numbers[0])
    needed, _judged = _hammer(Browser(place, BETWEEN), lambda n: f"nobody{n}", lambda _n: BETWEEN)
    inside = sum(_gets_in(Desk(place, BETWEEN), number) for number in numbers[1:])
    return {"needed": needed, "inside": inside}


def _hammer(guesser: Browser, name: Callable[[int], str], address: Callable[[int], str]) -> tuple[int, int]:
    """Requests until one was refused unread (MOST + 1: never), and how many guesses were judged in all."""
    guesser.open("/login")
    judged = []
    for number in range(MOST):
        guesser.address = address(number)
        judged.append(_is_judged(_try(guesser, name(number), f"guess {number}")))
    return (judged.index(False) + 1 if False in judged else MOST + 1), sum(judged)


def _try(guesser: Browser, name: str, password: str) -> int:
    answer = guesser.post("/login", {"csrf": guesser.csrf, "next": "", "name": name, "password": password})
    return answer.status


def _is_judged(status: int) -> bool:
    return status in (200, 302, 303, 403)


def _gets_in(desk: Desk, number: str) -> bool:
    """With the right password, within three tries, giving what is asked."""
    for _ in range(3):
        if desk.log_in(number).status in (302, 303):
            return True
        time.sleep(WAITED)
    return False


def last_four(place: Place, counts: Counts) -> Mapping[str, float]:
    """Wrong last fours for one application, over as many links as support gives out in a quarter of a minute."""
    number = newcomer(place)
    desk, support = Desk(place), Browser(place)
    desk.log_in(number)
    desk.to_code()
    support.open("/login")
    support.press("登录", name="support", password=PASSWORD)
    support.open(f"/support?number={number}")
    judged, links, until = 0, 0, time.monotonic() + counts.guess_seconds
    while time.monotonic() < until:
        answer = support.post("/support/issue", {"csrf": support.csrf, "number": number})
        told = TOLD.search(html.unescape(answer.text))
        if told is None:
            time.sleep(0.2)
            continue
        links += 1
        for _ in range(3):
            said = Phone(place).say("/m/claim", token=told[1], last4=f"{judged % 10_000:04d}")
            judged += said.status in (200, 403, 410) and any(word in said.text for word in ("last4_wrong", "locked"))
    return {"judged": judged, "links": links}


DRIVERS = (
    Driver(
        "respelled",
        respelled,
        (Finding("judged", "wrong guesses judged in 16 s under one device cookie, spelled anew each time", most=15),),
    ),
    Driver(
        "locked-out",
        locked_out,
        (
            Finding("needed", "requests of a stranger until an account is refused unread"),
            Finding("judged", "… guesses judged, of 250", most=60),
            Finding("known", "… its owner gets in from a known browser (1: yes)", least=1),
            Finding("new", "… its owner gets in from a new browser (1: yes)", least=1),
        ),
    ),
    Driver(
        "address",
        school,
        (
            Finding("needed", "requests of a stranger until their address is refused unread"),
            Finding("inside", "… people behind that address who get in, of 4", least=4),
        ),
    ),
    Driver(
        "last-four",
        last_four,
        (
            Finding("judged", "last fours judged in 16 s for one application", most=12),
            Finding("links", "… links given out"),
        ),
    ),
)

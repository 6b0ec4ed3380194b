"""Strangers and bodies: forms, JSON and files of 11 MB, names of megabytes."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

from bench.faults.asking import ask
from bench.faults.browser import Browser
from bench.faults.findings import Counts, Driver, Finding
from bench.faults.place import Place
from bench.faults.raw import STRANGER
from bench.faults.watch import Watch
from tests.together import at_once

FORM = "application/x-www-form-urlencoded"
MANY = b"a&" * 5_700_000  # 11.4 MB: as much as was ever taken
WRITTEN = "multipart/form-data; boundary=cut"
HELD = 1000.0  # ms: reading 11 MB off a socket is work too
POSTS = ("/login", "/language", "/apply", "/support/issue")


def forms(place: Place, counts: Counts) -> Mapping[str, float]:
    """One form of 11 MB, then four at once, each to another address."""
    found: dict[str, float] = {}
    place.forget_peak()
    before = place.megabytes()
    for key, paths in (("one", POSTS[:1]), ("four", POSTS)):
        with Watch(place.port) as watch:
            answers = at_once(*[lambda path=path: _post(place, path, MANY, FORM) for path in paths])
        found[key] = watch.waits.longest
        found[f"{key}_wrong"] = sum(status >= 500 or status in (200, 302, 303) for status in answers)
    return found | {"peak": place.megabytes("VmHWM") - before}


def json_bodies(place: Place, counts: Counts) -> Mapping[str, float]:
    """JSON that is large, and JSON that is deep."""
    deep = b"[" * 200_000
    bodies = {
        "large": b'{"token": "' + b"x" * 11_400_000 + b'"}',
        "deep": deep,
        "closed": b'{"token":' + b"[" * 3000 + b"]" * 3000 + b"}",
        "many": b'{"token": [' + b"0," * 5_000_000 + b"0]}",
    }
    with Watch(place.port) as watch:
        statuses = [
            _post(place, path, body, "application/json", X_Zhengzhao="phone")
            for body in bodies.values()
            for path in ("/m/claim", "/m/progress")
        ]
    return {"longest": watch.waits.longest, "errors": sum(status >= 500 for status in statuses)}


def files(place: Place, counts: Counts) -> Mapping[str, float]:
    """Multipart of 11 MB without a login: one file, and very many fields."""
    one = b'--cut\r\nContent-Disposition: form-data; name="file"; filename="x"\r\n\r\n' + b"x" * 11_000_000
    many = b'--cut\r\nContent-Disposition: form-data; name="a"\r\n\r\n\r\n' * 200_000
    ends = b"\r\n--cut--\r\n"
    with Watch(place.port) as watch:
        for body in (one, many):
            for path in ("/apply/documents/front", "/login"):
                _post(place, path, body + ends, WRITTEN)
    return {"longest": watch.waits.longest}


def names(place: Place, counts: Counts) -> Mapping[str, float]:
    """Logins under names of 10 MB; what the server keeps of them."""
    browser = Browser(place, STRANGER)
    browser.open("/login")
    before, taken = place.megabytes(), 0
    with Watch(place.port) as watch:
        for number in range(counts.names):
            body = f"csrf={quote(browser.csrf)}&password=x&name={number}".encode() + b"n" * 10_000_000
            taken += browser.ask("POST", "/login", body, Content_Type=FORM).status in (200, 403, 429)
    return {"kept": place.megabytes() - before, "taken": taken, "longest": watch.waits.longest}


def _post(place: Place, path: str, body: bytes, kind: str, **headers: str) -> int:
    return ask(place.port, "POST", path, body, STRANGER, Origin=place.origin, Content_Type=kind, **headers).status


DRIVERS = (
    Driver(
        "forms",
        forms,
        (
            Finding("one", "a form of 11 MB: longest /health of others", "ms", most=HELD),
            Finding("four", "four forms of 11 MB at once: longest /health of others", "ms", most=HELD),
            Finding("peak", "… memory of the server meanwhile, more than before", "MB", most=60),
            Finding("one_wrong", "a form of 11 MB: not refused", most=0),
            Finding("four_wrong", "four forms of 11 MB: not refused", most=0),
        ),
    ),
    Driver(
        "json",
        json_bodies,
        (
            Finding("longest", "JSON of 11 MB, deep JSON: longest /health of others", "ms", most=HELD),
            Finding("errors", "… answers of 500 and above, of 8", most=0),
        ),
    ),
    Driver(
        "files",
        files,
        (Finding("longest", "multipart of 11 MB without a login: longest /health of others", "ms", most=HELD),),
    ),
    Driver(
        "names",
        names,
        (
            Finding("kept", "40 logins with names of 10 MB: memory kept", "MB", most=20),
            Finding("taken", "… read by the login, of 40", most=0),
            Finding("longest", "… longest /health of others", "ms", most=HELD),
        ),
    ),
)

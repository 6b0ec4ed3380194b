"""Whatever bytes come: a report, or the word that they are no picture."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as some

from app.imaging.inspect import inspect
from app.imaging.intake.gate import KINDS, WrongType
from app.imaging.packs.pack import load
from tests import pictures

PACK = load()
SEEDS = {
    "image/jpeg": pictures.written(pictures.portrait(60, 80), "JPEG", exif=pictures.exif(6), progressive=True),
    "image/png": pictures.written(pictures.portrait(60, 80).convert("P"), "PNG", exif=pictures.exif(6)),
    "image/heic": pictures.heic(60, 80),
}
MUTATION = some.tuples(some.floats(0, 0.999), some.binary(max_size=6), some.integers(0, 8))


def reports(body: bytes, declared: str) -> None:
    try:
        done = inspect(body, declared, PACK)
    except WrongType:
        return
    assert done.report.verdict == "refuse"  # all of these are far too small
    assert all(each.advice.zh and each.advice.en for each in done.report.findings if each.verdict == "refuse")


@settings(max_examples=100, deadline=None)
@given(
    some.binary(max_size=200), some.sampled_from([b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"\0\0\0\x18ftypheic"])
)
def test_random_bytes(tail: bytes, magic: bytes) -> None:
    for declared in KINDS:
        reports(magic + tail, declared)


@settings(max_examples=300, deadline=None)
@given(some.sampled_from(sorted(SEEDS)), some.lists(MUTATION, min_size=1, max_size=4))
def test_pictures_with_some_bytes_changed(declared: str, mutations: list[tuple[float, bytes, int]]) -> None:
    body = SEEDS[declared]
    for place, new, cut in mutations:
        at = int(place * len(body))
        body = body[:at] + new + body[at + cut :]
    reports(body, declared)

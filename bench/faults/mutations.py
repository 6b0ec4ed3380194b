"""What held before: pictures whose bytes were changed, through the real inspectors of a running server."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from itertools import repeat

from bench.faults.browser import Phone, paired
from bench.faults.findings import Counts, Driver, Finding
from bench.faults.place import Place
from bench.faults.watch import Watch
from bench.shots import picture
from tests import pictures

PHONES = 3
TRIES = 60


def seeds() -> dict[str, list[bytes]]:
    """Good pictures of every kind, small, so that most of the time goes into what was changed."""
    good = pictures.portrait(240, 320)
    return {
        "image/jpeg": [
            pictures.written(good, "JPEG", quality=85),
            pictures.written(good, "JPEG", progressive=True),
            pictures.written(good, "JPEG", exif=pictures.exif(6)),
            pictures.portrait_jpeg(600, 800),
        ],
        "image/png": [
            pictures.written(good, "PNG"),
            pictures.written(good.convert("P"), "PNG"),
            pictures.written(good.convert("L"), "PNG"),
        ],
        "image/heic": [pictures.heic(240, 320), pictures.heic(240, 320, lying=True)],
    }


def mutated(body: bytes, chance: random.Random) -> bytes:
    """Changed in one to four places: bytes flipped, cut out, doubled, made extreme, moved, or its end taken away."""
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(min(len(body), chance.choice((64, 1024, len(body)))))
        size = chance.choice((1, 2, 4, 8, 64, 1024))
        piece = body[at : at + size]
        body = body[:at] + chance.choice(CHANGES)(piece, chance) + body[at + size :]
    return body if chance.random() > 0.1 else body[: chance.randrange(1, len(body) + 1)]


CHANGES: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    lambda piece, chance: bytes(byte ^ 1 << chance.randrange(8) for byte in piece),
    lambda piece, chance: chance.randbytes(len(piece)),
    lambda piece, chance: piece * chance.choice((0, 2, 3)),
    lambda piece, chance: bytes((chance.choice((0, 0x7F, 0x80, 0xFF)),)) * len(piece),
    lambda piece, _chance: piece[::-1],
)


def mutations(place: Place, counts: Counts) -> Mapping[str, float]:
    """Each is judged: taken, refused in words, or asked for again later; a good one in between is always taken."""
    phones = [paired(place)[1] for _ in range(PHONES)]
    each = counts.mutations // PHONES + 1
    before = set(place.workers())
    with Watch(place.port) as watch, ThreadPoolExecutor(PHONES) as pool:
        said: Counter[str] = sum(pool.map(_send_all, phones, range(PHONES), repeat(each)), Counter())
    good = sum(phone.send(picture()).status in (200, 201) for phone in phones)
    print(
        f"  mutations, {place.mode}: {dict(said)}; workers replaced: {len(set(place.workers()) - before)}", flush=True
    )
    errors = sum(count for key, count in said.items() if key.startswith(("0", "5")))
    return {
        "sent": said.total(),
        "errors": errors,
        "good": good,
        "longest": watch.waits.longest,
        "unwell": watch.waits.wrong,
    }


def _send_all(phone: Phone, seed: int, count: int) -> Counter[str]:
    """What each was answered in the end."""
    return Counter(str(_judged(phone, body, kind)) for body, kind in bodies(seed, count))


def bodies(seed: int, count: int) -> Iterator[tuple[bytes, str]]:
    """So many mutations with the kind that is declared, always the same for a seed."""
    chance, known = random.Random(seed), seeds()
    for number in range(count):
        kind = sorted(known)[number % len(known)]
        yield mutated(chance.choice(known[kind]), chance), kind


def _judged(phone: Phone, body: bytes, kind: str) -> int:
    status = 0
    for _ in range(TRIES):
        status = phone.send(body, kind).status
        if status != 503:
            return status
        time.sleep(0.2)
    return status


DRIVERS = (
    Driver(
        "mutations",
        mutations,
        (
            Finding("sent", "pictures with changed bytes through the inspectors", least=1),
            Finding("errors", "… answers of 500 and above, and none", most=0),
            Finding("good", "… good pictures taken afterwards, of 3", least=PHONES),
            Finding("longest", "… longest /health meanwhile", "ms"),
            Finding("unwell", "… /health that were not 200", most=0),
        ),
        {
            "UPLOADS_PER_PAIRING": "1000000",
            "UPLOADS_PER_DAY": "1000000",
            "PERMISSION_MINUTES": "600",
            "IDLE_MINUTES": "600",
        },
        ways=("direct",),
    ),
)

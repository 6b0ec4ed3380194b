"""One picture from the shutter to the desktop that is unlocked by it, on the product and on the floor."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import itertools
import re
import time

from bench.people import Person
from bench.wire import Answer, Desk, Web
from tests.pictures import portrait_jpeg

PANEL = "/apply/capture/panel"
UNLOCKED = re.compile(rb'id="next"(?! disabled)')
SETTLE = 0.02  # seconds between connecting and the shutter
_serial = itertools.count(1)


def picture() -> bytes:
    """A 2-megapixel portrait of about 300 KB, another one each time."""
    body: bytes = portrait_jpeg(1200, 1600)
    comment = next(_serial).to_bytes(8)
    return body[:2] + b"\xff\xfe" + (2 + len(comment)).to_bytes(2) + comment + body[2:]


async def send(phone: Web, body: bytes) -> Answer:
    """What the phone's page sends when the link is good."""
    digest = f"sha-256=:{base64.b64encode(hashlib.sha256(body).digest()).decode()}:"
    return await phone.ask(
        "POST",
        "/m/captures",
        body,
        Content_Type="image/jpeg",
        X_Zhengzhao="phone",
        Upload_Complete="?1",
        Upload_Length=str(len(body)),
        Repr_Digest=digest,
    )


async def product_shot(port: int, person: Person) -> float:
    """Milliseconds from the phone's first byte until the desktop holds a panel whose button is enabled."""
    desk, page, phone = await Desk.open(port, person.desk), Web(port, person.desk), Web(port, person.phone)
    assert not UNLOCKED.search((await page.ask("GET", PANEL)).body)
    assert (await phone.ask("GET", "/m/state")).status == 200
    body = picture()
    await asyncio.sleep(SETTLE)

    began = time.perf_counter()
    unlocked = asyncio.create_task(_unlocked(desk, page))
    assert (await send(phone, body)).status == 201
    took = await asyncio.wait_for(unlocked, 60) - began
    for end in (desk, page, phone):
        end.close()
    return 1000 * took


async def floor_shot(port: int, person: Person) -> float:
    """Milliseconds until the bare server's event is on the desktop."""
    desk, phone = await Desk.open(port, "", person.query), Web(port)
    assert (await phone.ask("GET", "/health")).status == 200
    body = picture()
    await asyncio.sleep(SETTLE)

    began = time.perf_counter()
    rung = asyncio.create_task(_rung(desk))
    assert (await phone.ask("POST", f"/pictures/{person.who}", body)).status == 201
    took = await asyncio.wait_for(rung, 60) - began
    desk.close()
    phone.close()
    return 1000 * took


async def _unlocked(desk: Desk, page: Web) -> float:
    while True:
        await desk.bell()
        if UNLOCKED.search((await page.ask("GET", PANEL, X_Poll="1")).body):
            return time.perf_counter()


async def _rung(desk: Desk) -> float:
    await desk.bell()
    return time.perf_counter()

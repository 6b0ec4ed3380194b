"""What it costs to judge a picture: on one core, beside Pillow's full decode of the same file in the same run."""

from __future__ import annotations

import asyncio
import io
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from statistics import median

from PIL import Image

from app.imaging import checks
from app.imaging.inspect import LocalInspector, inspect, warm
from app.imaging.intake.decode import decode, preview
from app.imaging.overlay import overlay
from app.imaging.packs.pack import load
from app.imaging.registered_photo import encode
from app.imaging.scene.scene import Scene
from bench.cores import on_one_core
from bench.peak import peaks
from bench.people import Person, arrive
from bench.scale import Scale
from bench.servers import product
from bench.shots import picture, send
from bench.table import Figure, Row, Table
from bench.wire import Web
from tests.pictures import portrait_jpeg

KIND = "image/jpeg"
SIZES = (("2 megapixels", 1200, 1600, 4.0), ("12 megapixels", 3000, 4000, 2.0))
STEPS = """
    view faces landmarks pose silhouette portrait cropped_silhouette background face blurred levels
""".split()  # noqa: SIM905 — a name a line would be twelve lines
REPEATS = 5
MOST_MB, MOST_START, MOST_VERDICT = 200.0, 1.5, 150.0


def measure(scale: Scale) -> Table:
    """CPU time of this process, so that a busy machine does not count; the last two rows are time on the clock."""
    with on_one_core():
        warm()
        rows = [_whole(scale.runs, *size) for size in SIZES]
        parts = list(_parts(scale.runs))
    worker = list(_worker())
    return Table(
        "inspection: all checks, one core",
        "Pillow's full decode of the same file",
        [*rows, *worker, _verdict(scale), *parts],
    )


def _whole(runs: int, name: str, width: int, height: int, most: float) -> Row:
    body = portrait_jpeg(width, height)
    pairs = [(_cost(lambda: inspect(body, KIND, load())), _cost(lambda: _decoded(body))) for _ in range(runs)]
    ours, plain = zip(*pairs, strict=True)
    return Row(f"inspection, {name}", Figure("ms", ours), Figure("ms", plain), most_ratio=most)


def _decoded(body: bytes) -> None:
    Image.open(io.BytesIO(body)).load()


def _parts(runs: int) -> Iterator[Row]:
    """Of 2 megapixels: what the checks share, each once, then each check when that is there."""
    body = portrait_jpeg(1200, 1600)
    costs: dict[str, list[float]] = {}
    for _ in range(runs):
        for name, part in _tasks(body):
            costs.setdefault(name, []).append(_cost(part, 1 if name.startswith("shared") else REPEATS))
    for name, found in costs.items():
        yield Row(f"of it {name}", Figure("ms", tuple(found), 2))


def _tasks(body: bytes) -> Iterator[tuple[str, Callable[[], object]]]:
    scene = Scene(len(body), decode(body, KIND, load()), load())
    yield "the five networks by themselves", warm
    yield "shared: decode", lambda: decode(body, KIND, load())
    for step in STEPS:
        yield f"shared: {step}", partial(getattr, scene, step)
    for check in checks.ALL:
        yield f"check: {check.name}", partial(check.measure, scene)
    yield "picture: preview", lambda: preview(scene.picture)
    yield "picture: registered photo", lambda: encode(scene.portrait, scene.pack)
    yield "picture: overlay", lambda: overlay(scene)


def _worker() -> Iterator[Row]:
    """A fresh worker process: until it can answer, and the most memory it held over the largest ordinary picture."""
    small, large = portrait_jpeg(600, 800), portrait_jpeg(3000, 4000)
    with closing(LocalInspector(1, 1)) as inspector:
        others = _children()
        first = _clock(lambda: inspector.inspect(small, KIND))
        cold = first - _clock(lambda: inspector.inspect(small, KIND))
        [worker] = _children() - others
        most: list[float] = []
        inspector.inspect(large, KIND, lambda: most.extend(peaks(_fork_of(worker))))
        peak = max(most)
    yield Row("memory of a worker at its peak, 12 megapixels", Figure("MB", (peak,)), most=MOST_MB)
    yield Row("cold start of a worker", Figure("s", (cold,), 2), most=MOST_START)


def _verdict(scale: Scale) -> Row:
    with product() as world:
        took = [_sent(world.port, person) for person in arrive(world, scale.shots)]
    return Row("upload → verdict, 2 megapixels, p50", Figure("ms", (median(took),)), most=MOST_VERDICT)


def _sent(port: int, person: Person) -> float:
    async def once() -> float:
        phone, body = Web(port, person.phone), picture()
        assert (await phone.ask("GET", "/m/state")).status == 200
        began = time.perf_counter()
        assert (await send(phone, body)).status == 201
        took = time.perf_counter() - began
        phone.close()
        return 1000 * took

    return asyncio.run(once())


def _cost(task: Callable[[], object], times: int = 1) -> float:
    began = time.process_time()
    for _ in range(times):
        task()
    return 1000 * (time.process_time() - began) / times


def _clock(task: Callable[[], object]) -> float:
    began = time.perf_counter()
    task()
    return time.perf_counter() - began


def _children() -> set[int]:
    """The processes that this one has started."""
    return {int(pid) for each in Path("/proc/self/task").glob("*/children") for pid in each.read_text().split()}


def _fork_of(worker: int) -> int:
    """The process that has the picture."""
    return int(Path(f"/proc/{worker}/task/{worker}/children").read_text().split()[0])

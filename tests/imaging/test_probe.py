"""A crop tells what the whole would be told, as far as it shows it."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from PIL import Image

from app.base.errors import Refused
from app.imaging.inspect import LocalInspector, inspect, probe
from app.imaging.intake.decode import decode
from app.imaging.packs.pack import load
from app.imaging.probe import WholeFacts
from app.imaging.report import Report, Verdict
from app.imaging.scene.scene import Scene
from tests import pictures, spoilt

PACK = load()
PICTURES: dict[str, Callable[[], Image.Image]] = {
    "good": pictures.portrait,
    "from 90 cm": lambda: spoilt.placed(0.5),
    "leaning": lambda: spoilt.rolled(15),
    "two people": spoilt.with_second_face,
    "blurred": lambda: spoilt.blurred(4),
    "dark": lambda: pictures.tinted(0.1),
    "bright": lambda: pictures.tinted(2.4),
    "light from the side": lambda: spoilt.side_lit(0.9),
    "bricks": lambda: spoilt.on(spoilt.patterned(0.6)),
    "nobody": lambda: Image.new("RGB", (1200, 1600), pictures.WALL),
    "too small": lambda: pictures.portrait(540, 720),
    "far away": lambda: spoilt.placed(0.3),
}


def whole(body: bytes) -> Report:
    return inspect(body, "image/jpeg", PACK).report


def crop(
    body: bytes, box: tuple[float, float, float, float], size: tuple[int, int], quality: int
) -> tuple[bytes, WholeFacts]:
    """A part of the picture as the phone sends it, with what it says of the rest."""
    image = Image.open(io.BytesIO(body))
    part = image.resize(size, Image.Resampling.BILINEAR, box=box, reducing_gap=2)
    facts = WholeFacts(len(body), image.width, image.height, round(box[2] - box[0]))
    return pictures.written(part, "JPEG", quality=quality), facts


def by_the_judge(body: bytes) -> tuple[bytes, WholeFacts]:
    """Where the phone knows which crop will be registered."""
    picture = decode(body, "image/jpeg", PACK)
    scene = Scene(len(body), picture, PACK)
    return crop(body, scene.crop.box(PACK, picture.width / scene.view.width), (480, 640), 75)


def without_a_judge(body: bytes) -> tuple[bytes, WholeFacts]:
    """Where it does not: all of the picture, which has the shape of the crop already."""
    return crop(body, (0, 0, *Image.open(io.BytesIO(body)).size), (648, 864), 50)


def refused(report: Report) -> set[str]:
    return {each.check for each in report.findings if each.verdict is Verdict.REFUSE}


@pytest.mark.parametrize("sent", [by_the_judge, without_a_judge], ids=["crop", "whole, small"])
@pytest.mark.parametrize("name", PICTURES)
def test_it_refuses_what_would_be_refused_and_nothing_else(
    name: str, sent: Callable[[bytes], tuple[bytes, WholeFacts]]
) -> None:
    body = pictures.written(PICTURES[name](), "JPEG", quality=90)
    small, facts = sent(body)
    assert len(small) < 40 << 10, "it is sent on a slow link"
    told, wanted = refused(probe(small, "image/jpeg", facts, PACK)), refused(whole(body))
    assert bool(told) == bool(wanted)
    assert not told or told & wanted, "for a reason that the whole has too"


def test_the_facts_count_for_what_a_crop_cannot_show() -> None:
    small, facts = by_the_judge(pictures.portrait_jpeg())
    said = {"too few bytes": (40_000, 1200, 1600, 1200), "too few px": (90_000, 540, 720, 540)}
    assert refused(probe(small, "image/jpeg", facts, PACK)) == set()
    assert refused(probe(small, "image/jpeg", WholeFacts(*said["too few bytes"]), PACK)) == {"file_size"}
    assert refused(probe(small, "image/jpeg", WholeFacts(*said["too few px"]), PACK)) == {"resolution"}


def test_what_only_the_whole_shows_is_left_out() -> None:
    small, facts = by_the_judge(pictures.portrait_jpeg())
    seen = {each.check for each in probe(small, "image/jpeg", facts, PACK).findings}
    assert PACK.checks.keys() - seen == {"compression", "upscaled", "recapture"}


def test_detail_is_not_judged_where_the_face_has_too_few_px() -> None:
    small, facts = without_a_judge(pictures.written(spoilt.placed(0.5), "JPEG", quality=90))
    seen = {each.check for each in probe(small, "image/jpeg", facts, PACK).findings}
    assert {"sharpness", "motion_blur", "derived_size"} & seen == set()


@pytest.mark.parametrize(
    "body", [b"\xff\xd8\xff", pictures.portrait_jpeg(480, 640)[:9000]], ids=["no picture", "cut off"]
)
def test_what_cannot_be_read_is_refused_as_such(body: bytes) -> None:
    assert refused(probe(body, "image/jpeg", WholeFacts(90_000, 1200, 1600, 1200), PACK)) >= {"readable"}


@pytest.fixture(scope="module")
def inspector() -> Iterator[LocalInspector]:
    with closing(LocalInspector(1, 4)) as started:
        yield started


def test_a_worker_says_the_same(inspector: LocalInspector) -> None:
    small, facts = by_the_judge(pictures.written(spoilt.rolled(15), "JPEG", quality=90))
    assert inspector.probe(small, "image/jpeg", facts) == probe(small, "image/jpeg", facts, PACK)


def test_questions_never_take_all_workers() -> None:
    small, facts = by_the_judge(pictures.portrait_jpeg())
    with closing(LocalInspector(2, 8)) as two, ThreadPoolExecutor(6) as threads:
        jobs = [threads.submit(two.probe, small, "image/jpeg", facts) for _ in range(6)]
        refusals = [error for job in jobs if (error := job.exception())]
    assert 1 <= len(refusals) <= 5
    assert {(each.code, each.status) for each in refusals if isinstance(each, Refused)} == {("busy", 503)}


def test_the_place_of_the_registered_picture_is_told(inspector: LocalInspector) -> None:
    done = inspector.inspect(pictures.written(spoilt.placed(0.5), "JPEG", quality=90), "image/jpeg")
    assert done.crop
    left, top, width, height = done.crop
    assert 0.4 < width < 0.7
    assert height == pytest.approx(width, abs=0.001), "of a picture with the same proportions"
    assert 0 <= left <= left + width <= 1
    assert 0 <= top <= top + height <= 1.0001

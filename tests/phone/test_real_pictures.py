"""Real pictures through the real inspector: what phones and troublemakers send, and what becomes of it."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator

import pytest
from PIL import Image

from app.imaging.inspect import LocalInspector
from app.portrait.model import Capture
from tests import pictures
from tests.visitors import Desk, Pair, Phone
from tests.world import World


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A world with one worker process for all of these."""
    made = World(tmp_path_factory.mktemp("real"), LocalInspector(1, 8))
    yield made
    made.close()


@pytest.fixture
def pair(world: World) -> Pair:
    return world.paired()


def shown(desk: Desk, phone: Phone) -> Image.Image:
    """The picture as the desk shows it."""
    return Image.open(io.BytesIO(desk.get(f"/apply/picture/{phone.state().get_json()['capture']['sha256']}").data))


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("image/jpeg", pictures.portrait_jpeg),
        ("image/png", lambda: pictures.written(pictures.portrait(750, 1000), "PNG")),
        ("image/heic", lambda: pictures.heic(750, 1000)),
    ],
    ids=["jpeg", "png", "heic"],
)
def test_what_cameras_write_is_received_and_shown_as_jpeg(pair: Pair, kind: str, body: Callable[[], bytes]) -> None:
    desk, phone = pair
    answer = phone.send(body(), kind)
    assert answer.status_code == 201, answer.json
    assert shown(desk, phone).format == "JPEG"


def test_a_picture_that_lies_on_its_side_is_shown_upright_without_its_place(pair: Pair) -> None:
    desk, phone = pair
    answer = phone.send(pictures.turned_jpeg(6))
    assert (answer.get_json()["capture"]["width"], answer.get_json()["capture"]["height"]) == (1200, 1600)
    picture = shown(desk, phone)
    assert picture.size == (600, 800)
    assert not picture.getexif()
    assert b"forgotten" not in desk.get(f"/apply/picture/{answer.get_json()['capture']['sha256']}").data


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (lambda: pictures.portrait_jpeg()[:-20_000], "image/jpeg"),
        (pictures.scan_bomb, "image/jpeg"),
        (lambda: pictures.png(13_000, 13_000), "image/png"),
        (lambda: pictures.portrait_jpeg(300, 400), "image/jpeg"),
    ],
    ids=["truncated", "scan bomb", "169 megapixels", "too few pixels"],
)
def test_bad_pictures_are_refused_in_words_and_nothing_is_kept(
    world: World, pair: Pair, body: Callable[[], bytes], kind: str
) -> None:
    _desk, phone = pair
    before = world.blobs()
    answer = phone.send(body(), kind)
    assert answer.status_code == 422, answer.json
    refused = [each for each in answer.get_json()["report"]["findings"] if each["verdict"] == "refuse"]
    assert refused
    assert all(each["advice"]["zh"] and each["advice"]["en"] for each in refused)
    assert world.blobs() == before


@pytest.mark.parametrize("kind", ["image/png", "image/heic"])
def test_a_jpeg_under_another_name_is_the_wrong_type(pair: Pair, kind: str) -> None:
    assert pair[1].send(pictures.portrait_jpeg(), kind).status_code == 415


def test_a_refused_picture_tells_the_desk_too(world: World, pair: Pair) -> None:
    desk, phone = pair
    phone.send(pictures.portrait_jpeg(300, 400))
    assert "刚才上传的照片不符合要求，没有保存" in desk.look().text
    assert world.rows(Capture)[-1].verdict == "refuse"

"""What becomes of the bytes of a document, in a real worker process."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator

import pytest
from PIL import Image

from app.base.errors import Refused
from app.imaging.transcode import LocalTranscoder, Transcoded
from tests.documents import cards
from tests.pictures import exif, heic, png, scan_bomb


@pytest.fixture(scope="module")
def reader() -> Iterator[LocalTranscoder]:
    made = LocalTranscoder(1, 0)
    yield made
    made.close()


def opened(redrawn: Transcoded) -> Image.Image:
    return Image.open(io.BytesIO(redrawn.jpeg))


@pytest.fixture(scope="module")
def card() -> bytes:
    """A phone's picture of a card, stored on its side."""
    return cards.jpeg(cards.on_a_table(2400, 1800).transpose(Image.Transpose.ROTATE_90), 70, 6)


def test_it_is_upright_without_metadata_and_its_print_can_be_read(reader: LocalTranscoder, card: bytes) -> None:
    read = reader.transcode(card, "image/jpeg")
    assert (read.width, read.height) == (2400, 1800)
    assert opened(read).size == (2400, 1800)
    assert not opened(read).getexif()
    assert cards.print_on(read.jpeg) == cards.PRINTED


def test_a_very_large_one_is_shown_smaller_and_keeps_its_numbers(reader: LocalTranscoder) -> None:
    body = cards.jpeg(cards.card(4800), 60)
    read = reader.transcode(body, "image/jpeg")
    assert (read.width, max(opened(read).size)) == (4800, 2400)
    assert cards.print_on(read.jpeg) == cards.PRINTED


def test_png_and_heic_are_read_too(reader: LocalTranscoder) -> None:
    into = io.BytesIO()
    cards.card(1000).save(into, "PNG", exif=exif())
    assert reader.transcode(into.getvalue(), "image/png").width == 1000
    assert reader.transcode(heic(lying=True), "image/heic").width == 1200


@pytest.mark.parametrize(
    "spoil",
    [
        lambda body: body[: len(body) // 2],
        lambda body: body + b"<script>",
        lambda body: body[:200] + bytes(4000),
        lambda body: scan_bomb(),
        lambda body: b"\xff\xd8\xff" + bytes(3000),
    ],
)
def test_what_is_damaged_or_hostile_is_unreadable(
    reader: LocalTranscoder, card: bytes, spoil: Callable[[bytes], bytes]
) -> None:
    with pytest.raises(Refused, match="unreadable"):
        reader.transcode(spoil(card), "image/jpeg")


def test_too_many_pixels_are_unreadable(reader: LocalTranscoder) -> None:
    with pytest.raises(Refused, match="unreadable"):
        reader.transcode(png(9000, 9000), "image/png")


@pytest.mark.parametrize(("body", "declared"), [(b"GIF89a", "image/gif"), (b"%PDF-1.7", "image/jpeg"), (b"", "")])
def test_other_types_are_refused_before_a_worker_sees_them(body: bytes, declared: str) -> None:
    with pytest.raises(Refused, match="wrong_type"):
        LocalTranscoder(1, 0).transcode(body, declared)

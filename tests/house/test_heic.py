"""What opens HEIC pictures is as new as the advisories that we know of: docs/decisions/heic.md."""

import re

import pillow_heif

# The first versions without a published advisory against what a decoder does. Raise them with the next advisory.
LIBHEIF = (1, 23, 6)
LIBDE265 = (1, 1, 3)


def numbers(text: str) -> tuple[int, ...]:
    """The first version that is named in a text."""
    found = re.search(r"\d+(?:\.\d+)+", text)
    assert found, text
    return tuple(map(int, found.group().split(".")))


def test_libheif_and_libde265_have_no_known_advisory() -> None:
    carried = pillow_heif.libheif_info()
    assert numbers(carried["libheif"]) >= LIBHEIF
    assert numbers(carried["decoders"]["libde265"].partition("version")[2]) >= LIBDE265


def test_nothing_else_decodes_them() -> None:
    assert pillow_heif.libheif_info()["decoders"].keys() == {"libde265"}

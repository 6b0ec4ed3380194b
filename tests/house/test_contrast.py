"""Every pair of colours that text is made of can be read: AA (4.5:1), 7:1 over the camera, 3:1 for edges and icons."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

CSS = Path(__file__).parents[2] / "static" / "css" / "tokens.css"
TONES = ("good", "warn", "bad", "action")
TEXT = [
    *[(text, ground) for text in ("text", "text-soft", *TONES) for ground in ("ground", "surface", "sunken")],
    *[(tone, f"{tone}-soft") for tone in TONES],
    *[("text", f"{tone}-soft") for tone in TONES],
    *[("action-strong", ground) for ground in ("surface", "sunken", "action-soft")],
    ("bad-strong", "bad-soft"),
    ("on-action", "action"),
    ("on-action", "action-strong"),
    ("on-bad", "bad"),
    ("on-bad", "bad-strong"),
    ("on-off", "off"),
    ("code", "code-ground"),
    ("on-lamp", "lamp"),
]
EDGES = [(edge, ground) for edge in ("edge", "focus", "action") for ground in ("ground", "surface", "sunken")]
OVER_CAMERA = ["camera-text", "camera-soft", "camera-good", "camera-warn"]


def colours(css: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6}(?:[0-9a-f]{2})?);", css))


def schemes() -> dict[str, dict[str, str]]:
    css = CSS.read_text(encoding="utf-8")
    light, dark = css.split("@media (prefers-color-scheme: dark)")
    return {"light": colours(light), "dark": {**colours(light), **colours(dark)}}


def over(colour: str, behind: tuple[float, float, float]) -> tuple[float, float, float]:
    """What is seen, 0–1 a channel, when `colour` (#rrggbb or #rrggbbaa) lies on `behind`."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in range(1, len(colour), 2)]
    alpha = channels[3] if len(channels) == 4 else 1.0
    red, green, blue = (c * alpha + b * (1 - alpha) for c, b in zip(channels[:3], behind, strict=True))
    return red, green, blue


def luminance(colour: tuple[float, float, float]) -> float:
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(text: str, ground: str, behind: tuple[float, float, float] = (1, 1, 1)) -> float:
    """The WCAG contrast of text on a ground that may let something through."""
    seen = over(ground, behind)
    low, high = sorted((luminance(over(text, seen)), luminance(seen)))
    return (high + 0.05) / (low + 0.05)


def test_the_ratio_is_that_of_wcag() -> None:
    assert ratio("#000000", "#ffffff") == pytest.approx(21)
    assert ratio("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert ratio("#ffffff", "#00000000") == pytest.approx(1)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT)
def test_text_can_be_read(scheme: str, text: str, ground: str) -> None:
    token = schemes()[scheme]
    assert ratio(token[text], token[ground]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("edge", "ground"), EDGES)
def test_edges_of_controls_and_the_focus_ring_can_be_seen(scheme: str, edge: str, ground: str) -> None:
    token = schemes()[scheme]
    assert ratio(token[edge], token[ground]) >= 3


@pytest.mark.parametrize("text", OVER_CAMERA)
@pytest.mark.parametrize("video", [(0, 0, 0), (0.5, 0.5, 0.5), (1, 1, 1)])
def test_words_over_the_camera_can_be_read_whatever_it_sees(text: str, video: tuple[float, float, float]) -> None:
    token = schemes()["light"]
    assert ratio(token[text], token["camera-pill"], video) >= 7
    assert ratio(token[text], token["camera-ground"]) >= 7


@pytest.mark.parametrize("sheet", sorted(CSS.parent.glob("*.css")), ids=lambda sheet: sheet.name)
def test_colours_are_written_in_the_tokens_only(sheet: Path) -> None:
    written = re.findall(r"(?<![\w&])#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(", sheet.read_text(encoding="utf-8"))
    assert sheet.name == "tokens.css" or written == []


@pytest.mark.parametrize("sheet", sorted(CSS.parent.glob("*.css")), ids=lambda sheet: sheet.name)
def test_every_token_that_is_used_exists(sheet: Path) -> None:
    named = set(re.findall(r"(--[\w-]+)\s*:", "".join(s.read_text(encoding="utf-8") for s in CSS.parent.glob("*.css"))))
    assert set(re.findall(r"var\((--[\w-]+)", sheet.read_text(encoding="utf-8"))) <= named

"""Loading rule packs: the TOML files in this folder, checked against the schema.

A pack may inherit another and then names only what differs. Advice states limits as `{low_kb}`, `{high_mb}`, `{width}`:
they are filled in from the numbers in force. `hash` covers the content after both.
"""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from app.base.json_values import Json
from app.imaging.measuring import MEASURING
from app.imaging.packs.pack_schema import CheckRule, PackContent

PACKS = Path(__file__).parent
DEFAULT = "guangdong"
Table = dict[str, Any]  # as tomllib returns it, before the schema has checked it
PLACE = re.compile(r"\{(\w+)\}")


class PackError(ValueError):
    """A rule pack is missing or wrong; the text says where."""


class Pack(PackContent):
    """A checked pack and the SHA-256 of its content."""

    hash: str

    @property
    def max_bytes(self) -> int:
        """The largest file that is read, in bytes."""
        return int(self.checks["file_size"].high or 0)

    @property
    def stated(self) -> dict[str, str]:
        """What a picture has to be, as texts say it: `kb` at least, `mb` at most, `width` and `height` in px."""
        least, (width, height) = self.checks["file_size"].low or 0, self.least_sides
        return {"kb": amount(least, 1), "mb": amount(self.max_bytes, 2), "width": str(width), "height": str(height)}

    def for_phone(self) -> dict[str, Json]:
        """What the phone needs, ready for `json.dumps`: limits, geometry of the guide, advice, and how to measure."""
        return {
            "name": self.name,
            "version": self.version,
            "hash": self.hash,
            "title": self.title.model_dump(),
            "gate": self._gate_for_phone(),
            "crop": self._crop_for_phone(),
            "measuring": MEASURING.model_dump(),
            "background": self.background.rgb,
            "margin": self.phone.margin.value,
            "coarse_margin": self.phone.coarse_margin.value,
            "gallery": self.phone.gallery,
            "checks": {name: rule.model_dump(exclude={"source"}) for name, rule in self.checks.items()},
        }

    def _gate_for_phone(self) -> dict[str, Json]:
        width, height = self.least_sides
        return {
            "min_bytes": self.checks["file_size"].low,
            "max_bytes": self.max_bytes,
            "min_width": width,
            "min_height": height,
            "max_pixels": self.gate.max_pixels.value,
        }

    def _crop_for_phone(self) -> dict[str, Json]:
        left, top, right, bottom = self.guide_oval
        middle, radii = ((left + right) / 2, (top + bottom) / 2), ((right - left) / 2, (bottom - top) / 2)
        return {
            "width": self.crop.width.value,
            "height": self.crop.height.value,
            "hair": self.checks["hair_line"].limits,
            "eyes": self.checks["eye_line"].limits,
            "face_width": self.checks["face_width"].limits,
            "centring": self.checks["centring"].high,
            "min_quality": self.registered_photo.min_quality.value,
            "oval": {"cx": middle[0], "cy": middle[1], "rx": radii[0], "ry": radii[1]},
        }


def names(folder: Path = PACKS) -> list[str]:
    """The names of all packs."""
    return sorted(path.stem for path in folder.glob("*.toml"))


@cache
def load(name: str = DEFAULT, folder: Path = PACKS) -> Pack:
    """The pack of this name. Raises PackError."""
    content = _inherited(name, folder, ())
    _give_unsure(content)
    _give_both_directions(content)
    try:
        _state_limits(content, PackContent.model_validate(content))
        text = json.dumps(content, sort_keys=True, ensure_ascii=False)
        return Pack.model_validate({**content, "hash": hashlib.sha256(text.encode()).hexdigest()})
    except ValidationError as error:
        lines = (f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors())
        raise PackError(f"{name}: " + "; ".join(lines)) from None
    except KeyError as error:
        raise PackError(f"{name}: {error} in an advice is none of its numbers") from None


def amount(size: float, power: int) -> str:
    """Bytes in KB (`power` 1) or MB (2): of 1,024 bytes, or of 1,000 where only that comes out even."""
    even = (base for base in (1024, 1000) if size % base**power == 0)
    return f"{round(size / next(even, 1024) ** power, 1):g}"


def _state_limits(content: Table, rules: PackContent) -> None:
    """Fill in what the advice of each check states. Raises KeyError for a limit that there is not."""
    for name, rule in rules.checks.items():
        fill = partial(PLACE.sub, partial(_limit, _places(rules, rule)))
        advice = {reason: {"zh": fill(words.zh), "en": fill(words.en)} for reason, words in rule.advice.items()}
        content["checks"][name] = {**content["checks"][name], "advice": advice}


def _limit(places: Mapping[str, str], found: re.Match[str]) -> str:
    return places[found[1]]


def _places(rules: PackContent, rule: CheckRule) -> dict[str, str]:
    """What an advice may state: `low` and `high` as they are, in KB and in MB, and the least `width` and `height`."""
    width, height = rules.least_sides
    places = {"width": str(width), "height": str(height)}
    for name, limit in (("low", rule.low), ("high", rule.high)):
        if limit is not None:
            places |= {name: f"{limit:g}", f"{name}_kb": amount(limit, 1), f"{name}_mb": amount(limit, 2)}
    return places


def _inherited(name: str, folder: Path, children: tuple[str, ...]) -> Table:
    """The content of this pack over that of its parents."""
    if name in children:
        raise PackError(f"{name}: inherits itself")
    own = _read(name, folder)
    parent = own.get("inherits")
    return _over(_inherited(str(parent), folder, (*children, name)), own) if parent else own


def _give_unsure(content: Table) -> None:
    """Give checks without their own advice for an unmeasurable picture that of the pack."""
    for rule in content.get("checks", {}).values():
        if "unsure" in content and "advice" in rule and ("low" in rule or "high" in rule):
            rule["advice"].setdefault("unsure", content["unsure"])


def _give_both_directions(content: Table) -> None:
    """What a check says `either` way, too low or too high, is written once."""
    for rule in content.get("checks", {}).values():
        if "either" in rule.get("advice", {}):
            words = rule["advice"].pop("either")
            rule["advice"] = {"too_low": words, "too_high": words} | rule["advice"]


def _read(name: str, folder: Path) -> Table:
    if name not in names(folder):
        raise PackError(f"{name}: no such rule pack; there are {', '.join(names(folder))}")
    try:
        return tomllib.loads((folder / f"{name}.toml").read_text("utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise PackError(f"{name}: {error}") from None


def _over(below: Table, above: Table) -> Table:
    """`above` laid over `below`, table by table."""
    merged = dict(below)
    for key, value in above.items():
        both = isinstance(value, dict) and isinstance(below.get(key), dict)
        merged[key] = _over(below[key], value) if both else value
    return merged

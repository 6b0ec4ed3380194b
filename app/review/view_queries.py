"""The queue and a case, ready to be shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.application.workflow import LABELS, Status
from app.base.errors import N_
from app.imaging.packs.pack import Pack
from app.review.case_queries import Case, Picture
from app.review.queries import MANY
from app.review.rules import PORTRAIT


@dataclass(frozen=True)
class Chip:
    """A status to narrow the queue to, by the `filters` of an address; `count` is empty for all of them together."""

    words: str
    filters: Mapping[str, str]
    chosen: bool
    count: str = ""


@dataclass(frozen=True)
class ShownPicture:
    """A picture of a case. `open`: it is to be decided; `drawable`: this reviewer may mark a place on it."""

    item: str
    words: str
    picture: Picture
    open: bool
    drawable: bool

    @property
    def is_portrait(self) -> bool:
        """Whether it is the portrait, and not one of a document."""
        return self.item == PORTRAIT

    @property
    def has_layers(self) -> bool:
        """Whether there is something to lay over it."""
        return self.is_portrait and bool(getattr(self.picture, "overlay", None))


@dataclass(frozen=True)
class Band:
    """Between two heights, px of the registered picture."""

    top: int
    height: int


@dataclass(frozen=True)
class Ruler:
    """The lines of the rule pack over the picture to be registered, px."""

    width: int
    height: int
    middle: float
    bands: tuple[Band, ...]
    words: Mapping[str, str]


@dataclass(frozen=True)
class LastAct:
    """What may be taken back: `act` on the application `of`; `until` and `now` in seconds since 1970."""

    act: str
    name: str
    approved: bool
    of: int
    until: int
    now: int


def chips_of(counts: Mapping[Status, int], filters: Mapping[str, str]) -> list[Chip]:
    """All, then each status of this office with how many wait; `filters` as an address carries them now."""
    other = {name: value for name, value in filters.items() if name != "status"}
    chosen = filters.get("status", "")
    every = Chip(N_("全部"), other, not chosen)
    return [every, *(_chip(status, count, other, chosen) for status, count in counts.items())]


def _chip(status: Status, count: int, other: Mapping[str, str], chosen: str) -> Chip:
    return Chip(
        LABELS[status], {**other, "status": status}, chosen == status, f"{MANY}+" if count > MANY else str(count)
    )


def shown_pictures(case: Case, names: Mapping[str, str], mine: bool) -> list[ShownPicture]:
    """The pictures of a case, in order."""
    found = case.pictures.items()
    return [
        ShownPicture(item, names[item], picture, item in case.opened, mine and item in case.opened)
        for item, picture in found
    ]


def ruler_of(pack: Pack) -> Ruler:
    """The lines of a rule pack's crop."""
    hair, eyes, face = (pack.checks[name].bounds for name in ("hair_line", "eye_line", "face_width"))
    bands = tuple(Band(int(low), int(high - low)) for low, high in (hair, eyes))
    words = {name: f"{low:g}–{high:g}" for name, (low, high) in (("hair", hair), ("eyes", eyes), ("face", face))}
    width, height = int(pack.crop.width.value), int(pack.crop.height.value)
    return Ruler(width, height, width / 2, bands, words)

"""What the pages of a reviewer show: the queue and a case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from app.application.model import Application
from app.application.status_rules import LABELS
from app.application.workflow import Status
from app.base.errors import N_
from app.identity.model import Candidate, Staff
from app.imaging.packs.pack import Pack
from app.imaging.report import Finding, Report
from app.portrait.model import Capture
from app.review.case_queries import Case, Picture
from app.review.model import Decision
from app.review.queries import MANY, QueueFilter, QueueRow
from app.review.rules import PORTRAIT, UNDO, claim_ended, item_names
from app.review.same_picture_queries import SamePicture


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

    @classmethod
    def from_row(cls, row: Decision, name: str, now: datetime) -> LastAct:
        """The act that this row belongs to, on the application of the candidate of this name."""
        until = int((row.decided_at + UNDO).timestamp())
        return cls(row.act, name, row.approved, row.application_id, until, int(now.timestamp()))


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


@dataclass(frozen=True)
class Around:
    """What both pages show: filters (`queue_filter_words`: as an address has them), the time, the last act."""

    queue_filter: QueueFilter
    queue_filter_words: Mapping[str, str]
    moment: datetime
    last_act: LastAct | None
    province: bool
    has_office: bool

    @property
    def acted_on(self) -> list[int]:
        """The application that the line about the last act names."""
        return [self.last_act.of] if self.last_act else []


@dataclass(frozen=True)
class Neighbours:
    """The lines of the queue before and after a case that this reviewer could decide, and a list of those beside it.

    `alike`: its pictures that other candidates have sent too.
    """

    previous: QueueRow | None
    following: QueueRow | None
    list: list[QueueRow]
    alike: tuple[SamePicture, ...]

    @property
    def named(self) -> Iterator[int]:
        """The ids of the applications whose names the page shows beside the case."""
        return chain((row.id for row in self.list), (other.id for each in self.alike for other in each.cases))


@dataclass(frozen=True)
class CaseLook:
    """A case as one reviewer sees it: `mine` when they may decide it, else `holder` looks at it (None: nobody).

    `names`: item → what it is called, to be translated. `findings` are about the portrait.
    """

    case: Case
    portrait: Capture | None
    findings: tuple[Finding, ...]
    names: Mapping[str, str]
    pictures: list[ShownPicture]
    mine: bool
    holder: Staff | None

    @property
    def application(self) -> Application:
        """Whose case it is."""
        return self.case.application

    @property
    def candidate(self) -> Candidate:
        """Who it is about."""
        return self.case.application.candidate

    @property
    def alone(self) -> bool:
        """Whether there is one item to decide and no other."""
        return len(self.case.opened) == 1


def look_of(case: Case, person: Staff, now: datetime) -> CaseLook:
    """The pictures, the report, and whether this reviewer may decide."""
    application = case.application
    portrait = next((each for each in case.pictures.values() if isinstance(each, Capture)), None)
    held, names = not claim_ended(application.claimed_at, now), item_names(application.candidate.id_type)
    mine = bool(case.opened) and held and application.claimed_by == person.id
    return CaseLook(
        case=case,
        portrait=portrait,
        findings=Report.from_dict(portrait.report).findings if portrait else (),
        names=names,
        pictures=shown_pictures(case, names, mine),
        mine=mine,
        holder=application.claimer if held and case.opened else None,
    )

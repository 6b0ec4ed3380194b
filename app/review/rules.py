"""What an office may decide, and what follows from it, without a database."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from app.application.audit_rules import Action
from app.application.status_row_rules import Subject
from app.application.status_rules import STATUSES
from app.application.texts import PORTRAIT as PORTRAIT_TEXT
from app.application.workflow import Status, reason_needed
from app.base.errors import N_, Refused
from app.documents.rules import names_of
from app.identity.actor_rules import Role

PORTRAIT = "portrait"
DOCUMENTS = ("front", "back", "holding")
ITEMS = {Subject.PORTRAIT: (PORTRAIT,), Subject.DOCUMENTS: DOCUMENTS}
IDLE = timedelta(minutes=30)
UNDO = timedelta(seconds=60)
OPINION = 500
LEAST_REGION = 0.01
NO_PICTURE = ""  # in the place of a sha256: there is nothing to look at
MISSING = N_("有的图片已经不在了，不能通过。请把缺少的项目退回，考生会重新提交。")
Region = tuple[float, float, float, float]


@dataclass(frozen=True)
class Past:
    """What was once decided about one picture, by an office of which level."""

    item: str
    sha256: str
    level: Role | None
    approved: bool


@dataclass(frozen=True)
class Choice:
    """What a reviewer says about one item. `region`: x, y, width, height as shares of the shown picture."""

    approved: bool
    sha256: str
    reasons: tuple[str, ...] = ()
    region: Region | None = None


@dataclass(frozen=True)
class Verdict:
    """One act of a reviewer: the choices by item about an application in this status, and the words that go with it."""

    status: str
    choices: Mapping[str, Choice] = field(default_factory=dict)
    opinion: str = ""

    @property
    def rejected(self) -> tuple[str, ...]:
        """The items that go back to the candidate."""
        return tuple(item for item, choice in self.choices.items() if not choice.approved)

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why they go back: the coded reasons, and the opinion."""
        coded = [reason for choice in self.choices.values() for reason in choice.reasons]
        return tuple(filter(None, (*coded, self.opinion)))

    def is_complete(self, items: Collection[str]) -> bool:
        """Whether something is said about each of these."""
        return set(items) <= set(self.choices)


def item_names(id_type: str) -> dict[str, str]:
    """Item → what it is called, in the words that the candidate reads: those of their type of document."""
    return {PORTRAIT: PORTRAIT_TEXT, **names_of(id_type)}


def items_in(status: Status) -> tuple[str, ...]:
    """What an office decides about in this status; nothing where none decides."""
    return tuple(item for subject in STATUSES[status].reviewed for item in ITEMS[subject])


def statuses_of(level: Role | None) -> tuple[Status, ...]:
    """Where an office of this level has to decide."""
    return tuple(status for status, row in STATUSES.items() if row.office and row.office == level)


def level_of(status: Status) -> Role | None:
    """Whose turn it is in this status; None when it is no office's."""
    return STATUSES[status].office


def open_items(
    pictures: Mapping[str, str], past: Sequence[Past], level: Role | None, missing: Collection[str] = ()
) -> tuple[str, ...]:
    """The items (of item → sha256) that this level has to look at.

    What it approved stays approved while the picture is the same and nobody has rejected it since. Should that leave
    nothing, everything is looked at again. `past` is oldest first. What is missing is open until it is there.
    """
    left = {item for item, sha256 in pictures.items() if not _is_settled(item, sha256, past, level)}
    found = left | set(missing) or set(pictures)
    return tuple(item for item in (PORTRAIT, *DOCUMENTS) if item in found)


def _is_settled(item: str, sha256: str, past: Sequence[Past], level: Role | None) -> bool:
    about_it = [each for each in past if (each.item, each.sha256) == (item, sha256)]
    return bool(about_it) and about_it[-1].approved and any(each.approved and each.level == level for each in about_it)


def action_for(verdict: Verdict) -> Action:
    """The workflow's action that follows; a rejected portrait is taken anew first, the documents after it."""
    if not verdict.rejected:
        return Action.APPROVE
    return Action.REJECT_PORTRAIT if PORTRAIT in verdict.rejected else Action.REJECT_DOCUMENTS


def check(verdict: Verdict, pictures: Mapping[str, str], opened: Collection[str]) -> None:
    """Refused unless the act is about what is open now, says enough, and gives a reason for each rejection."""
    for item, choice in verdict.choices.items():
        if item not in opened or pictures[item] != choice.sha256:
            raise moved_on()
        if choice.approved and choice.sha256 == NO_PICTURE:
            raise Refused("missing", MISSING, 422)
        if not choice.approved and not choice.reasons and not verdict.opinion:
            raise reason_needed()
    if not verdict.rejected and not verdict.is_complete(opened):
        raise Refused("undecided", N_("还有项目没有审核。请对每一项点“通过”或“不通过”。"), 422)


def claim_ended(claimed_at: datetime | None, now: datetime) -> bool:
    """Whether nobody holds the case any more: never claimed, or idle for too long."""
    return claimed_at is None or now - claimed_at > IDLE


def may_undo(decided_at: datetime, now: datetime) -> bool:
    """Whether the minute is not over."""
    return now - decided_at <= UNDO


def is_region(region: Region) -> bool:
    """A rectangle within the picture that is large enough to be seen."""
    x, y, width, height = region
    fits = x >= 0 and y >= 0 and x + width <= 1.001 and y + height <= 1.001
    return fits and width >= LEAST_REGION and height >= LEAST_REGION


def moved_on() -> Refused:
    """What a reviewer hears whose page is older than the application."""
    return Refused("moved_on", N_("这份申请已经变化，刚才的审核没有保存。请从列表重新打开，查看最新状态。"), 409)


Key = tuple[datetime, int]


def key_text(since: datetime, number: int) -> str:
    """A place in the queue as it stands in an address: microseconds since 1970, and the application's id."""
    return f"{round(since.timestamp() * 1_000_000)}-{number}"


def key_of(words: str) -> Key | None:
    """The place that an address names; None for what names none."""
    moment, _, number = words.partition("-")
    if not (moment.isascii() and moment.isdigit() and number.isascii() and number.isdigit()):
        return None
    if len(moment) > 17 or len(number) > 18:
        return None
    return datetime.fromtimestamp(0, UTC) + timedelta(microseconds=int(moment)), int(number)

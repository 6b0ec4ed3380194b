"""What a row of the table of statuses holds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum

from app.application.workflow import Branch
from app.base.errors import N_
from app.identity.actor_rules import Role


class Subject(StrEnum):
    """Of what pictures are taken and reviewed."""

    PORTRAIT = "portrait"
    DOCUMENTS = "documents"


class Group(Enum):
    """Where applications stand, as tables count them, in the order of the procedure. The value is its name."""

    COMPARING = N_("比对信息")
    PAPERS = N_("待传附件")
    PHOTO = N_("待拍照")
    CITY = N_("市考办审核中")
    PROVINCE = N_("省考办审核中")
    SENT_BACK = N_("退回待重交")
    APPROVED = N_("通过待提交")
    SUBMITTED = N_("已提交")
    WITHDRAWN = N_("已撤回")


@dataclass(frozen=True)
class Button:
    """The candidate's way on: `name` is apply (申请) or next (下一步)."""

    name: str
    enabled: bool = True

    @property
    def words(self) -> str:
        """What stands on it."""
        return {"apply": N_("申请"), "next": N_("下一步")}[self.name]


@dataclass(frozen=True)
class StatusMessage:
    """What the candidate is told: `tone` is inform, warn, good or bad; `icon` one of the icons; `next` who does what
    now. `%(office)s` is their city office, `%(time)s` since when, `%(days)s` the working days of a
    review."""

    tone: str
    icon: str
    words: str
    next: str


@dataclass(frozen=True, kw_only=True)
class StatusRow:
    """Everything about one status but its steps.

    `label` is what it is called, `label_again` after an office sent the candidate back to it, `label_again_all` with
    their documents too. `message` is what the candidate is told (None: a form stands there), `message_other` with
    another document than an ID card, `message_approved` and `message_rejected` after an office's decision.
    `support_next` is how support says who is next. `step` is the number in 毕业办理步骤. `button` is the way on,
    `button_again` once an office has decided. `office` is the level of the office that decides here, about the pictures
    of `reviewed`. `takes` is what a phone is asked to take. `is_begun`: the candidate has begun and not finished, so
    that a closed batch is worth a word. `shows_portrait`: in which branches the portrait that was handed over still
    counts. `documents_are_over`: no office has, or is about to have, the documents before it, so that they are kept for
    a while only. `group` is how tables count it, as long as no office has sent it back there.
    """

    label: str
    message: StatusMessage | None
    support_next: str
    step: int
    button: Button | None
    is_begun: bool
    shows_portrait: tuple[Branch, ...]
    documents_are_over: bool
    group: Group
    button_again: Button | None = None
    label_again: str = ""
    label_again_all: str = ""
    message_other: StatusMessage | None = None
    message_approved: StatusMessage | None = None
    message_rejected: StatusMessage | None = None
    takes: Subject | None = None
    office: Role | None = None
    reviewed: tuple[Subject, ...] = ()

"""What stands on the front of 毕业生登记表: plain text, whatever it is. The layout is form.typ's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime

from app.base.clock import in_shanghai
from app.base.json_values import JsonObject

NOTHING = "无"
ITEMS = {"documents": "证件附件", "portrait": "毕业证照片", "both": "毕业证照片、证件附件"}


@dataclass(frozen=True)
class CourseLine:
    """A course that counts, with its score as it is printed."""

    code: str
    name: str
    credits: str
    score: str


@dataclass(frozen=True)
class Approval:
    """An office approved portrait, documents or both (a key of ITEMS)."""

    item: str
    office: str
    at: datetime

    def cells(self) -> list[str]:
        """审核内容, 审核单位, 审核结果, 审核日期."""
        return [ITEMS[self.item], self.office, "通过", day(in_shanghai(self.at))]


@dataclass(frozen=True)
class Sheet:
    """All that is printed: `fields` by the names that form.typ knows, a JPEG, the moment of submission."""

    fields: dict[str, str]
    courses: tuple[CourseLine, ...]
    approvals: tuple[Approval, ...]
    portrait: bytes
    made: datetime

    def content(self) -> JsonObject:
        """What form.typ reads, without the portrait."""
        made = self.made.astimezone(UTC)
        moment = {name: getattr(made, name) for name in ("year", "month", "day", "hour", "minute", "second")}
        return {
            **self.fields,
            "submitted": day(in_shanghai(self.made)),
            "made": moment,
            "courses": [asdict(course) for course in self.courses],
            "outcome": [approval.cells() for approval in self.approvals],
        }

    def text(self) -> str:
        """Every character that has to be printed, and more."""
        return "".join(self.fields.values()) + "".join(course.name for course in self.courses)


def day(moment: date) -> str:
    """2026年11月2日."""
    return f"{moment.year}年{moment.month}月{moment.day}日"


def month(batch: str) -> str:
    """202612 → 2026年12月; what is no month stays as it is."""
    return f"{batch[:4]}年{int(batch[4:])}月" if len(batch) == 6 and batch.isdecimal() else batch


def item_of(items: Iterable[str]) -> str:
    """What the decisions of one act were about; `items` are portrait, front, back, holding."""
    about = {"portrait" if item == "portrait" else "documents" for item in items}
    return "both" if len(about) == 2 else about.pop()

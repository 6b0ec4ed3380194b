"""What an operator asks for, read from the page's fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace

from sqlalchemy.orm import Session

from app.base.errors import N_, Refused
from app.exports.former_queries import is_like, latest_like, numbered
from app.exports.layout_rules import ExportKind, ExportLayout, ListFormat, layouts_for
from app.exports.name_rules import USUAL, check_template
from app.exports.rules import EVERYWHERE, NOWHERE, Wanted

LAST = "last"
FREE = ("batch", "city", "list_format", "template", "since")
NOT_THE_SAME = N_("只能和同一种、同一毕业年月、同一城市的导出比较。")
CHOOSE_BATCH = N_("请选择毕业年月。")
CHOOSE_CITY = N_("请选择办理城市。")
CHOOSE_LAYOUT = N_("这种导出没有这个名单格式。请重新选择。")
NOT_IN_FORMAT = N_("“%(layout)s”没有 %(format)s 格式。可以用的有：%(formats)s。")


@dataclass(frozen=True)
class Asked:
    """The fields as they were filled in. `since`: empty, LAST, or the number of an export."""

    kind: str = ExportKind.PHOTOS
    batch: str = ""
    city: str = EVERYWHERE
    layout: str = ""
    list_format: str = ListFormat.XLSX
    template: str = USUAL
    sealed: bool = False
    since: str = ""

    @property
    def has_photos(self) -> bool:
        """Whether photos are asked for."""
        return self.kind == ExportKind.PHOTOS

    @property
    def since_last(self) -> bool:
        """Whether only what changed since the last one is wanted."""
        return self.since == LAST

    @property
    def fields(self) -> dict[str, str]:
        """As the form sends them."""
        return {name: str(value) for name, value in asdict(self).items() if name != "sealed"}


@dataclass(frozen=True)
class Choices:
    """What can be chosen: months (oldest first), the codes of cities, layouts by name. `newest` is the month that
    anybody has applied for last."""

    batches: tuple[str, ...]
    newest: str
    cities: Mapping[str, str]
    layouts: Mapping[str, ExportLayout]

    @property
    def usual_batch(self) -> str:
        """The month that is most likely meant."""
        return self.newest if self.newest in self.batches else "".join(self.batches[-1:])

    def layouts_of(self, kind: str) -> list[ExportLayout]:
        """Those that fit this kind."""
        return layouts_for(ExportKind(kind), self.layouts) if kind in set(ExportKind) else []


def asked_of(fields: Mapping[str, str], choices: Choices) -> Asked:
    """The fields, with the usual ones where nothing was filled in."""
    kind = fields.get("kind", ExportKind.PHOTOS)
    fitting = choices.layouts_of(kind)
    usual = Asked(
        kind=kind,
        batch=choices.usual_batch,
        layout=fitting[0].name if fitting else "",
    )
    given = {name: fields[name].strip() for name in FREE if name in fields}
    chosen = fields.get("layout", "")
    layout = chosen if chosen in {each.name for each in fitting} else usual.layout
    return replace(usual, **given, layout=layout, sealed=fields.get("sealed") == "yes")


def wanted_of_form(asked: Asked, choices: Choices) -> Wanted:
    """What is asked for, in one city or in all; Refused 422 in words. `since` is left to whoever knows the exports."""
    if asked.kind not in set(ExportKind):
        raise Refused("kind", CHOOSE_LAYOUT, 422)
    if asked.batch not in choices.batches:
        raise Refused("batch", CHOOSE_BATCH, 422)
    if asked.city not in (EVERYWHERE, NOWHERE, *choices.cities):
        raise Refused("city", CHOOSE_CITY, 422)
    layout = choices.layouts.get(asked.layout)
    if layout is None or asked.kind not in layout.kinds:
        raise Refused("layout", CHOOSE_LAYOUT, 422)
    if asked.list_format not in layout.formats:
        formats = " ".join(layout.formats)
        raise Refused("format", NOT_IN_FORMAT, 422, layout=layout.title, format=asked.list_format, formats=formats)
    template = check_template(asked.template) if asked.kind == ExportKind.PHOTOS else ""
    return Wanted(
        ExportKind(asked.kind), asked.batch, asked.city, layout.name, asked.list_format, template, asked.sealed
    )


def compared(session: Session, wanted: Wanted, since: str) -> Wanted:
    """With the export that it is compared with: the last one like it, where there is one, or that of this number.
    Refused 409 when the two cannot be compared."""
    if since == LAST:
        former = latest_like(session, wanted)
        return replace(wanted, since=former.id if former else None)
    if not since:
        return wanted
    chosen = numbered(session, since)
    if chosen is None or not chosen.made_at or not is_like(chosen, wanted):
        raise Refused("since", NOT_THE_SAME, 409)
    return replace(wanted, since=chosen.id)

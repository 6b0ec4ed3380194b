"""What an operator sends about an office."""

from __future__ import annotations

from collections.abc import Collection

from werkzeug.datastructures import MultiDict

from app.identity.actor_rules import Role
from app.identity.model import Office
from app.offices.form_rules import NAMES, OfficeForm


def filled_in(fields: MultiDict[str, str], office: Office | None) -> OfficeForm:
    """The form that was sent; code and level of an office that is there stay."""
    words = {name: _clean(fields.get(name, "")) for name in NAMES}
    level = office.level if office else fields.get("level", Role.CITY)
    is_city = level == Role.CITY
    return OfficeForm(
        code=office.code if office else fields.get("code", "").strip().lower()[:40],
        level=level,
        city=fields.get("city", "") if is_city else "",
        counties=frozenset(fields.getlist("county")) if is_city else frozenset(),
        **words,
    )


def as_it_is(office: Office | None, counties: Collection[str]) -> OfficeForm:
    """The form before anybody touched it: the office, or an empty one."""
    if office is None:
        return OfficeForm("", Role.CITY, "", frozenset(), "", "", "", "", "")
    words = {name: str(getattr(office, name)) for name in NAMES}
    return OfficeForm(office.code, office.level, office.city, frozenset(counties), **words)


def _clean(text: str) -> str:
    """The text in lines without what nobody sees: one spelling of line ends, no control characters."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    shown = ["".join(each for each in line if each.isprintable() or each == "\u3000").rstrip() for line in lines]
    return "\n".join(shown).strip()

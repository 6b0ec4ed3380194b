"""What a reviewer's forms say: filters of the queue, choices about a case."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from app.base.errors import INCOMPLETE, N_, Refused
from app.review.case_queries import Case
from app.review.queries import HOLDERS, QueueFilter
from app.review.reason_rules import GONE, Reason, reasons_for
from app.review.rules import DOCUMENTS, OPINION, PORTRAIT, Choice, Region, ReviewVerdict, is_region

DAYS = (3, 7, 15)
SEARCH = 60
CHOICES = {"approve": True, "reject": False}
LEAST_DIGITS, LEAST_LETTERS = 4, 2


KEYS = 9  # reasons that a digit ticks


@dataclass(frozen=True)
class ReasonBox:
    """A reason to tick; `key` is the digit that does it, empty for none."""

    code: str
    text: str
    key: str
    ticked: bool


@dataclass(frozen=True)
class ItemForm:
    """What is to be decided about one item, as it stands filled in. `more` are the reasons that are seldom needed."""

    item: str
    sha256: str
    region: str
    said: str
    approvable: bool
    alone: bool
    likely: tuple[ReasonBox, ...]
    more: tuple[ReasonBox, ...]

    @property
    def rejecting(self) -> bool:
        """Whether 不通过 has been chosen."""
        return self.said == "reject"

    @property
    def approving(self) -> bool:
        """Whether 通过 has been chosen."""
        return self.said == "approve"


def item_forms(case: Case, flagged: Collection[str], kept: MultiDict[str, str], language: str) -> list[ItemForm]:
    """A form an item of the case; `flagged` are the codes that its report gives, `kept` what was filled in."""
    return [
        ItemForm(
            item,
            case.hashes[item],
            kept.get(f"region.{item}", ""),
            kept.get(f"chosen.{item}", ""),
            item not in case.missing,
            len(case.opened) == 1,
            *_reason_boxes(item, flagged, item in case.missing, kept.getlist(f"reason.{item}"), language),
        )
        for item in case.opened
    ]


def _reason_boxes(
    item: str, flagged: Collection[str], missing: bool, ticked: Sequence[str], language: str
) -> tuple[tuple[ReasonBox, ...], tuple[ReasonBox, ...]]:
    offered = reasons_for(item, flagged, missing)
    likely = [reason for reason in offered if reason.code in flagged or not reason.check]
    keys = (str(number) if number <= KEYS else "" for number in range(1, len(offered) + 1))
    more = [reason for reason in offered if reason not in likely]
    return _boxes(likely, keys, ticked, language), _boxes(more, ("" for _each in more), ticked, language)


def _boxes(
    reasons: Iterable[Reason], keys: Iterable[str], ticked: Sequence[str], language: str
) -> tuple[ReasonBox, ...]:
    return tuple(
        ReasonBox(reason.code, reason.text(language), key, reason.code in ticked or reason.code in GONE)
        for reason, key in zip(reasons, keys, strict=False)
    )


def queue_filter_of(asked: Mapping[str, str]) -> QueueFilter:
    """The filters; what is not understood is left out."""
    holder, days = asked.get("holder", ""), _number(asked.get("days"))
    return QueueFilter(
        asked.get("status", "")[:30],
        _number(asked.get("office")),
        days if days in DAYS else 0,
        holder if holder in HOLDERS else "",
    )


def queue_filter_words(queue_filter: QueueFilter) -> dict[str, str]:
    """The filters as an address carries them."""
    every = {
        "status": queue_filter.status,
        "office": queue_filter.office,
        "days": queue_filter.days,
        "holder": queue_filter.holder,
    }
    return {name: str(value) for name, value in every.items() if value}


def search_words(asked: Mapping[str, str]) -> str:
    """What is looked for; Refused when it is too short to find anybody by."""
    words = "".join(asked.get("q", "").split())[:SEARCH]
    if words and len(words) < (LEAST_DIGITS if words.isdigit() else LEAST_LETTERS):
        raise Refused("too_short", N_("输入得太短。请输入准考证号的前四位以上，或姓名的前两个字以上。"), 400)
    return words


def verdict_of(form: MultiDict[str, str], opened: tuple[str, ...]) -> ReviewVerdict:
    """What was said about a case. Buttons (`choice.ITEM`, `all`) count before what was chosen earlier (`chosen.ITEM`).

    Refused when it cannot have come from our page.
    """
    opinion = form.get("opinion", "").strip()
    if len(opinion) > OPINION:
        raise Refused("too_long", N_("审核意见太长。请写在 %(most)s 字以内。"), 422, most=OPINION)
    items = (PORTRAIT, *DOCUMENTS)
    if form.get("all") == "approve" and any(form.get(f"chosen.{item}") == "reject" for item in opened):
        raise _contradiction()
    said = {item: _said(form, item, item in opened) for item in items}
    choices = {item: _choice(form, item, CHOICES[word]) for item, word in said.items() if word in CHOICES}
    return ReviewVerdict(form.get("status", "")[:30], choices, opinion)


def is_final(form: MultiDict[str, str], opened: tuple[str, ...]) -> bool:
    """Whether this is the whole act: there is one item, or the reviewer says so; to decide one of several is not."""
    return "submit" in form or "all" in form or len(opened) == 1


def _said(form: MultiDict[str, str], item: str, is_open: bool) -> str:
    every = form.get("all", "") if is_open else ""
    return form.get(f"choice.{item}") or every or form.get(f"chosen.{item}", "")


def _choice(form: MultiDict[str, str], item: str, approved: bool) -> Choice:
    sha256 = form.get(f"sha256.{item}", "")[:64]
    if approved:
        return Choice(True, sha256)
    return Choice(False, sha256, _reasons(form, item), _region(form.get(f"region.{item}", "")))


def _reasons(form: MultiDict[str, str], item: str) -> tuple[str, ...]:
    offered = [*reasons_for(item), *reasons_for(item, missing=True)]
    given, known = form.getlist(f"reason.{item}"), {reason.code for reason in offered}
    if not set(given) <= known:
        raise _bad()
    return tuple(dict.fromkeys(given))


def _region(words: str) -> Region | None:
    """x,y,width,height as shares of the picture."""
    if not words:
        return None
    try:
        x, y, width, height = (round(float(each), 4) for each in words[:80].split(","))
    except (ValueError, OverflowError):
        raise _bad() from None
    if not is_region((x, y, width, height)):
        raise _bad()
    return x, y, width, height


def _number(words: str | None) -> int:
    return int(words) if words and words.isascii() and words.isdigit() and len(words) < 10 else 0


def _contradiction() -> Refused:
    words = N_("有的项目已经选了“不通过”，没有全部通过。请先把这些项目改为“通过”，或点“提交审核结果”。")
    return Refused("contradiction", words, 422)


def _bad() -> Refused:
    return Refused("bad_request", INCOMPLETE, 400)

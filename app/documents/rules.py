"""Which pictures of a document are needed and how they are called, and what is refused; without a database."""

from __future__ import annotations

from dataclasses import dataclass

from app.application.texts import DOCUMENTS
from app.base.errors import N_, Refused
from app.documents.texts import HELD, PHOTO_SIDE
from app.identity.rules import PASSPORT, PERMITS, RESIDENT_ID

MAX_BYTES = (1 << 20) - 1
LEAST_SIDE = 600  # px of the longer side: below it the small print of a card is fewer than 10 px high
LEAST_SHORT_SIDE = 300  # px: a card of 600 is 378 high, less is a strip of it

CARD, PAGE, PERSON = "card", "page", "person"
RETENTION = "retention"  # why a picture ended whose time was over


@dataclass(frozen=True)
class Slot:
    """One picture that is needed: `key` is front, back or holding, `frame` the shape of the camera's guide."""

    key: str
    label: str
    button: str
    hint: str
    frame: str = CARD


RESIDENT = (
    Slot("front", N_("身份证正面"), N_("上传身份证正面附件"), PHOTO_SIDE),
    Slot("back", N_("身份证反面"), N_("上传身份证反面附件"), N_("有国徽和有效期限的一面")),
    Slot("holding", N_("手持身份证"), N_("上传手持身份证附件"), HELD, PERSON),
)
PERMIT = (
    Slot("front", N_("通行证正面"), N_("上传通行证正面附件"), PHOTO_SIDE),
    Slot("back", N_("通行证反面"), N_("上传通行证反面附件"), N_("没有照片的一面")),
    Slot("holding", N_("手持通行证"), N_("上传手持通行证附件"), HELD, PERSON),
)
BOOKLET = (
    Slot("front", N_("护照资料页"), N_("上传护照资料页附件"), N_("有照片和姓名的一页"), PAGE),
    Slot("holding", N_("手持护照"), N_("上传手持护照附件"), N_("本人手持翻开的资料页，脸和证件都要清楚"), PERSON),
)
ANY = (
    Slot("front", N_("证件正面"), N_("上传证件正面附件"), PHOTO_SIDE),
    Slot("back", N_("证件反面"), N_("上传证件反面附件"), N_("没有反面的，请拍有发证机关和有效期限的一页")),
    Slot("holding", N_("手持证件"), N_("上传手持证件附件"), HELD, PERSON),
)
KNOWN = {RESIDENT_ID: RESIDENT, PASSPORT: BOOKLET, **dict.fromkeys(PERMITS, PERMIT)}


def slots_for(id_type: str) -> tuple[Slot, ...]:
    """The pictures that this 证件类型 needs, in order; an unknown type is treated as 其他."""
    return KNOWN.get(id_type, ANY)


def names_of(id_type: str) -> dict[str, str]:
    """Slot → what its picture is called for this 证件类型; in general words where the type has no such slot.

    Records change: a picture may be older than the type that now counts.
    """
    return {slot.key: slot.label for slot in (*ANY, *slots_for(id_type))}


def slot_named(id_type: str, key: str) -> Slot:
    """The slot; Refused 404 when this type of document has none of that name."""
    for slot in slots_for(id_type):
        if slot.key == key:
            return slot
    raise Refused("no_slot", N_("这种证件不需要这张附件。请刷新页面查看。"), 404)


def title_for(id_type: str) -> str:
    """What the dialog is called."""
    return N_("身份证附件") if id_type == RESIDENT_ID else DOCUMENTS


def submit_words(id_type: str) -> str:
    """What stands on the button that hands them over: 提交身份证附件, and 提交证件附件 for every other type."""
    return N_("提交身份证附件") if id_type == RESIDENT_ID else N_("提交证件附件")


def check_size(length: int) -> None:
    """Refused when a file of so many bytes is empty or not smaller than 1 MB."""
    if length == 0:
        raise Refused("empty", N_("没有选择文件，或文件是空的。请选择一张图片。"), 400)
    if length > MAX_BYTES:
        raise Refused("too_large", N_("附件大小应小于1M。请把图片缩小后再上传，或用手机拍摄。"), 413)


def check_sides(width: int, height: int) -> None:
    """Refused when the print in a picture of so many px cannot be read."""
    if max(width, height) < LEAST_SIDE or min(width, height) < LEAST_SHORT_SIDE:
        text = N_("图片只有 %(width)s×%(height)s 像素，看不清证件上的字。请上传不小于 %(least)s×%(short)s 像素的图片。")
        raise Refused("too_small", text, 422, width=width, height=height, least=LEAST_SIDE, short=LEAST_SHORT_SIDE)

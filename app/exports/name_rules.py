"""The names of photos in a ZIP: a template with places, as whoever takes the photos wants them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

from app.base.errors import N_, Fact, Refused

PLACE = re.compile(r"\{([^{}]*)\}")
PLACES = ("exam_number", "id_number", "level_code", "name", "batch", "city", "major_code", "serial")
AS_WRITTEN = tuple(f"{{{place}}}" for place in PLACES)
DISTINCT = {"exam_number", "id_number", "serial"}  # without one of these two people would share a name
USUAL = "{exam_number}.jpg"
SUGGESTED = (USUAL, "{id_number}.jpg", "{id_number}_{level_code}.jpg", "{exam_number}_{name}.jpg")
LONGEST = 80  # of a template
MOST_BYTES = 200  # of a name: file systems take 255, and a folder may stand before it
FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]')
INVISIBLE = ("Cc", "Cf", "Zl", "Zp")  # such as what turns the order of letters round
RESERVED = re.compile(r"(?i)(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[\d¹²³])\s*(\.|$)")
# Somebody, to see what a template makes of anybody.
SAMPLE = {
    "exam_number": "010126000001",
    "id_number": "440104199904120018",
    "level_code": "5",
    "name": "陈思远",
    "batch": "202612",
    "city": "广州市",
    "major_code": "050226",
    "serial": "00001",
}
SUFFIXES = (".jpg", ".jpeg")
UNKNOWN = N_("照片文件名里的“{%(place)s}”不能用。可以用：%(places)s。")


def check_template(template: str) -> str:
    """The template, trimmed; Refused 422 when it cannot name photos."""
    wanted = template.strip()
    names = PLACE.findall(wanted)
    words = PLACE.sub("", wanted)
    if unknown := [name for name in names if name not in PLACES]:
        raise _wrong(UNKNOWN, place=unknown[0], places=" ".join(AS_WRITTEN))
    if "{" in words or "}" in words:
        raise _wrong(N_("照片文件名里的花括号不成对。请写成 {exam_number} 这样。"))
    if not DISTINCT & set(names):
        raise _wrong(N_("照片文件名里要有准考证号 {exam_number} 或证件号 {id_number}，不然会重名。"))
    if FORBIDDEN.search(words):
        raise _wrong(N_('照片文件名里不能有 \\ / : * ? " < > | 这些字符，电脑不能保存这样的文件。'))
    if not wanted.lower().endswith(SUFFIXES) or len(wanted) > LONGEST:
        raise _wrong(N_("照片文件名要以 .jpg 结尾，最多 %(most)s 个字。"), most=LONGEST)
    if is_refused(example := name_of(wanted, SAMPLE)):
        raise _wrong(N_("照片会叫“%(name)s”这样的名字，有的电脑不能保存。请换一个文件名。"), name=example)
    return wanted


def name_of(template: str, facts: Mapping[str, str]) -> str:
    """The name of one photo."""
    return PLACE.sub(lambda place: facts[place[1]].strip(), template)


def is_refused(name: str) -> bool:
    """Whether some file system would not take a file of this name."""
    stem = name.rpartition(".")[0]
    ends_badly = not stem or stem != stem.strip() or stem.endswith(".")
    unseen = any(unicodedata.category(letter) in INVISIBLE for letter in name)
    return bool(FORBIDDEN.search(name) or RESERVED.match(name)) or ends_badly or unseen or _is_long(name)


def _is_long(name: str) -> bool:
    return len(name.encode()) > MOST_BYTES


def key_of(name: str) -> str:
    """What two names have in common that one folder cannot hold: capitals, and how accents are written."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def same_names(names: Iterable[str]) -> list[str]:
    """Those that several photos would have."""
    seen: set[str] = set()
    twice: dict[str, str] = {}
    for name in names:
        key = key_of(name)
        if key in seen:
            twice.setdefault(key, name)
        seen.add(key)
    return list(twice.values())


def _wrong(text: str, **facts: Fact) -> Refused:
    return Refused("name_template", text, 422, None, **facts)

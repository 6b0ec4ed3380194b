"""The names of photos in a ZIP: a template with places, as whoever takes the photos wants them."""

from __future__ import annotations

import re
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
RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\.|$)")
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
    return wanted


def name_of(template: str, facts: Mapping[str, str]) -> str:
    """The name of one photo."""
    return PLACE.sub(lambda place: facts[place[1]].strip(), template)


def is_refused(name: str) -> bool:
    """Whether some file system would not take a file of this name."""
    stem = name.rpartition(".")[0]
    ends_badly = not stem or stem != stem.strip() or stem.endswith(".")
    return bool(FORBIDDEN.search(name) or RESERVED.match(name)) or ends_badly or len(name.encode()) > MOST_BYTES


def same_names(names: Iterable[str]) -> list[str]:
    """Those that several photos would have; capitals are no difference, as on most machines."""
    seen: set[str] = set()
    twice: dict[str, str] = {}
    for name in names:
        key = name.casefold()
        if key in seen:
            twice.setdefault(key, name)
        seen.add(key)
    return list(twice.values())


def _wrong(text: str, **facts: Fact) -> Refused:
    return Refused("name_template", text, 422, None, **facts)

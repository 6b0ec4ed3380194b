"""What the phone says, as modules that its page loads: `python -m app.phone.texts` writes them from the catalogue.

Each set is a file per language, `words/phone.zh.js`: key → text. A place that the page fills, in the catalogue
`%(name)s`, is `{name}` there.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

from app.base.catalogue import english
from app.phone import (
    beside_texts,
    camera_texts,
    document_texts,
    ended_texts,
    live_texts,
    page_texts,
    sending_texts,
    trouble_texts,
)

PLACE = re.compile(r"%\((\w+)\)s")
INTO = Path(__file__).parents[2] / "static" / "words"
TEXTS: Mapping[str, str] = {
    **page_texts.TEXTS,
    **camera_texts.TEXTS,
    **trouble_texts.TEXTS,
    **sending_texts.TEXTS,
    **ended_texts.TEXTS,
}
# The page loads `phone` when it begins, the others when they are needed.
SETS: Mapping[str, Mapping[str, str]] = {
    "phone": TEXTS,
    "live": live_texts.TEXTS,
    "beside": beside_texts.TEXTS,
    "documents": document_texts.TEXTS,
}
# For the PC beside the camera, in the same form.
FOR_THE_DESK: Mapping[str, Mapping[str, str]] = {"prompts": beside_texts.PROMPTS}


def in_english(key: str, text: str) -> str:
    """The text of a key in English: the phone, and whoever films himself, may be told in other words than a desktop."""
    return english(text, "self" if key.endswith(".self") else "phone")


def modules() -> dict[str, str]:
    """Every file by its name."""
    made = {}
    for name, chinese in {**SETS, **FOR_THE_DESK}.items():
        made[f"{name}.zh.js"] = module(chinese)
        made[f"{name}.en.js"] = module({key: in_english(key, text) for key, text in chinese.items()})
    return made


def module(texts: Mapping[str, str]) -> str:
    """A JavaScript module that exports them."""
    filled = {key: PLACE.sub(r"{\1}", text) for key, text in texts.items()}
    return f"export default {json.dumps(filled, ensure_ascii=False, indent=1)};\n"


if __name__ == "__main__":
    INTO.mkdir(exist_ok=True)
    for name, source in modules().items():
        (INTO / name).write_text(source, encoding="utf-8")

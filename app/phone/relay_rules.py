"""What phone and PC of one pairing may say to each other through the server: no free text, nothing that is large."""

from __future__ import annotations

import re

from app.phone.beside_texts import PROMPTS

LONGEST = 12_000  # characters of a session description; a frame has 16 KB
PROMPTS_RULE = "120 per minute"
SIGNALS_RULE = "40 per minute"
CANDIDATE = re.compile(r"^a=candidate:(.*)$", re.MULTILINE)
HOST = re.compile(r" typ host( |\r?$)")

# kind → whether a session description comes with it
FROM_PHONE = {"here": False, "offer": True, "bye": False}
FROM_DESK = {"watch": False, "answer": True, "bye": False}


def is_prompt(key: str) -> bool:
    """Whether a phone may say this: a key of the vocabulary, or nothing, when nothing is asked any more."""
    return not key or key in PROMPTS


def is_signal(kinds: dict[str, bool], kind: str, text: str) -> bool:
    """Whether this side may say it, and `text` is the session description that the kind needs, or a short word."""
    described = kinds.get(kind)
    if described is None:
        return False
    return is_description(text) if described else len(text) <= len("picture")


def is_description(text: str) -> bool:
    """A session description of WebRTC without sound, whose ways all begin at the devices themselves."""
    ways = CANDIDATE.findall(text)
    plain = text.startswith("v=0") and len(text) <= LONGEST and "m=audio" not in text
    return plain and all(HOST.search(way) for way in ways)

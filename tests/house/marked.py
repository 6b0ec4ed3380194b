"""The texts that are marked for translation in code and pages, found as `make words` finds them."""

from __future__ import annotations

import io
import re
from functools import cache
from typing import NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_keywords, parse_mapping_cfg
from babel.messages.pofile import read_po

from tests.house.tree import ROOT

CATALOGUE = ROOT / "app" / "translations" / "en" / "LC_MESSAGES" / "messages.po"


class Marked(NamedTuple):
    """A text of the catalogue; `context` tells it from the same text with another English."""

    text: str
    context: str | None = None


@cache
def marked() -> frozenset[Marked]:
    """What is marked, by babel.cfg and the keywords of the Makefile."""
    recipe = (ROOT / "Makefile").read_text("utf-8")
    keywords = DEFAULT_KEYWORDS | parse_keywords(re.findall(r"-k (\S+)", recipe))
    mapping = io.StringIO((ROOT / "babel.cfg").read_text("utf-8"))
    methods, options = parse_mapping_cfg(mapping)  # type: ignore[no-untyped-call]
    found = [each for top in ("app", "templates") for each in extract_from_dir(ROOT / top, methods, options, keywords)]
    return frozenset(Marked(strings(message)[0], context) for _, _, message, _, context in found)


@cache
def english() -> Catalog:
    """The catalogue as it stands in the repository."""
    return read_po(io.BytesIO(CATALOGUE.read_bytes()), locale="en")


def strings(text: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    """A text, or its singular and plural."""
    return (text,) if isinstance(text, str) else tuple(text or ())

"""Reading tables of figures off a page."""

from __future__ import annotations

from tests.page import Page


def table(page: Page, name: str) -> dict[str, list[str]]:
    """Row → what its cells say, of the table below the heading of this name."""
    [section] = [each for each in page.all("section") if each.get("aria-labelledby") == name]
    rows = [[("".join(cell.itertext())).strip() for cell in row] for body in section.iter("tbody") for row in body]
    return {label: cells for label, *cells in rows}


def text_of(page: Page, name: str) -> str:
    """All that the section of this name says."""
    [section] = [each for each in page.all("section") if each.get("aria-labelledby") == name]
    return " ".join("".join(section.itertext()).split())

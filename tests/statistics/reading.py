"""Reading tables of figures off a page, and off a workbook."""

from __future__ import annotations

import io

from python_calamine import CalamineWorkbook

from tests.page import Page


def table(page: Page, name: str) -> dict[str, list[str]]:
    """Row → what its cells say, of the table below the heading of this name."""
    return {label: cells for label, *cells in lines(page, name)}


def lines(page: Page, name: str) -> list[list[str]]:
    """The rows of the table below the heading of this name, each with all that its cells say."""
    [section] = [each for each in page.all("section") if each.get("data-table") == name]
    return [["".join(cell.itertext()).strip() for cell in row] for body in section.iter("tbody") for row in body]


def text_of(page: Page, name: str) -> str:
    """All that the section of this name says."""
    [section] = [each for each in page.all("section") if each.get("data-table") == name]
    return " ".join("".join(section.itertext()).split())


def sheets(body: bytes) -> dict[str, list[list[object]]]:
    """Sheet → its rows without what is empty."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(body))
    rows = {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}
    return {name: [[cell for cell in row if cell != ""] for row in found] for name, found in rows.items()}

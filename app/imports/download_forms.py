"""What can be downloaded: an empty list to fill in, and what is wrong with one."""

from __future__ import annotations

import csv
import io

import xlsxwriter
from flask_babel import gettext

from app.base.errors import N_
from app.imports.layout_rules import Layout
from app.imports.report_rules import ImportReport, Mistake

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
WIDTH = 18  # of a column, in letters
FORMULA = ("=", "+", "-", "@", "\t", "\r")
HEADINGS = (N_("行"), N_("列"), N_("问题"))


def template(layout: Layout) -> bytes:
    """A workbook with the headings and an example row, every cell a text, so that no number loses its zeros."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        text, head = book.add_format({"num_format": "@"}), book.add_format({"num_format": "@", "bold": True})
        sheet = book.add_worksheet("导入")
        sheet.set_column(0, len(layout.columns) - 1, WIDTH, text)
        for at, column in enumerate(layout.columns):
            sheet.write_string(0, at, f"{column.headings[0]}{'*' if column.required else ''}", head)
            sheet.write_string(1, at, column.example, text)
        sheet.freeze_panes(1, 0)
    return out.getvalue()


def words_of(finding: Mistake) -> str:
    """What is wrong, in the language of whoever asks."""
    words = str(gettext(finding.text))
    return words % finding.facts if finding.facts else words


def errors_csv(report: ImportReport) -> bytes:
    """A row for each thing that is wrong; no cell can become a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([gettext(each) for each in HEADINGS])
    writer.writerows([each.place, each.heading, _harmless(words_of(each))] for each in report.findings)
    return out.getvalue().encode("utf-8-sig")


def errors_xlsx(report: ImportReport) -> bytes:
    """The same as a workbook."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet()
        sheet.set_column(1, 1, WIDTH)
        sheet.set_column(2, 2, 4 * WIDTH)
        sheet.write_row(0, 0, [gettext(each) for each in HEADINGS])
        for at, each in enumerate(report.findings, start=1):
            sheet.write_number(at, 0, each.place)
            sheet.write_string(at, 1, each.heading)
            sheet.write_string(at, 2, words_of(each))
    return out.getvalue()


def _harmless(words: str) -> str:
    return f"'{words}" if words.startswith(FORMULA) else words

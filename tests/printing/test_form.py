"""The form itself: two pages of A4 that hold whatever there is, as text, the same every time."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from pypdf import PageObject, PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, PdfObject

from app.base.errors import Refused
from app.printing.press import LocalPrinter, PrintKind, press
from app.printing.rules import Approval, CourseLine, Sheet
from tests.printing.conftest import portrait

MADE = datetime(2026, 12, 2, 17, 0, tzinfo=UTC)
HOSTILE = '#panic() $x$ [b] *c* \\ ` <l> @r // #read("/etc/passwd")'
FIELDS = {
    "exam_number": "010126000001",
    "receipt": "048213907716",
    "name": "陈思远",
    "sex": "女",
    "born_on": "1999年4月12日",
    "ethnic_group": "汉族",
    "political_status": "群众",
    "native_place": "广东",
    "id_type": "居民身份证",
    "id_number": "44010419990412000X",
    "education": "高中毕业",
    "overseas": "否",
    "household": "广东省 广州市 越秀区",
    "category": "社会考生",
    "occupation": "其他",
    "phone": "13800138000",
    "assisting_school": "无",
    "level": "专科",
    "address": "广东省广州市越秀区样例路 1 号",
    "major": "A050226 商务英语(专科)",
    "batch": "2026年12月",
    "programme_university": "619 广东外语外贸大学",
    "examining_university": "619 广东外语外贸大学",
    "course_group": "0",
    "earlier": "无",
}
LONGEST = {
    "name": "欧阳" * 30,
    "address": "样例路" * 40,
    "major": "A050226 " + "商务" * 26,
    "earlier": "本科，" * 40,
    "native_place": "Konstantinopolitanischerdudelsackpfeifergeselle" + "x" * 13,
    "phone": "1" * 20,
    "id_number": "H" * 30,
    "id_type": "外国人永久居留身份证" * 3,
}


def sheet(courses: int = 15, **fields: str) -> Sheet:
    listed = tuple(CourseLine(f"{at:05d}", f"课程{at}", "4", "76") for at in range(courses))
    approvals = [("documents", "广州市考办"), ("documents", "省考办"), ("portrait", "广州市考办")]
    return Sheet(FIELDS | fields, listed, tuple(Approval(*each, MADE) for each in approvals), portrait(), MADE)


def pdf(wanted: Sheet) -> bytes:
    return press(wanted.content(), wanted.portrait, PrintKind.PDF)[0]


def read(wanted: Sheet) -> PdfReader:
    return PdfReader(io.BytesIO(pdf(wanted)))


def dictionary(thing: PdfObject) -> DictionaryObject:
    """An object of a PDF that is one."""
    found = thing.get_object()
    assert isinstance(found, DictionaryObject)
    return found


def words(page: PageObject) -> str:
    """Everything on it, without spaces: typst sets some between Chinese and Latin."""
    return "".join(page.extract_text().replace("\u200b", "").split())


@pytest.mark.parametrize("count", [0, 1, 15, 40, 61, 90])
def test_however_many_courses_there_are_it_is_two_pages_of_a4(count: int) -> None:
    pages = read(sheet(count)).pages
    assert [(round(page.mediabox.width), round(page.mediabox.height)) for page in pages] == [(595, 842)] * 2
    front = words(pages[0])
    assert [at for at in range(count) if f"{at:05d}课程{at}476" not in front] == []


@pytest.mark.parametrize("count", [15, 61])
def test_all_rules_are_of_one_weight_but_the_frame(count: int) -> None:
    """And the thin ones to write on, on the back."""
    wanted = sheet(count)
    front, back = (
        [float(each) for each in re.findall(rb'stroke-width="([\d.]+)"', page)]
        for page in press(wanted.content(), wanted.portrait, PrintKind.SVG)
    )
    assert [set(front), set(back)] == [{0.4, 1}, {0.3, 0.4, 1}]
    assert [front.count(1), back.count(1)] == [1, 1], "the frame"


def test_the_longest_words_stay_on_the_first_page() -> None:
    pages = read(sheet(40, **LONGEST)).pages
    front = words(pages[0])
    assert len(pages) == 2
    assert [name for name, value in LONGEST.items() if "".join(value.split()) not in front] == []
    assert "审核情况" in front


def test_every_field_stands_on_the_front() -> None:
    front = words(read(sheet()).pages[0])
    others = ["广东省高等教育自学考试毕业生登记表", "提交日期：2026年12月3日", "证件附件省考办通过2026年12月3日"]
    assert [value for value in [*FIELDS.values(), *others] if "".join(value.split()) not in front] == []


def test_the_back_is_empty_but_for_headings_and_places_to_sign() -> None:
    back = read(sheet()).pages[1]
    for text in ("个人简历", "奖惩情况", "自我鉴定", "思想品德鉴定", "本人签名", "鉴定单位（盖章）"):
        assert text in words(back)
    assert "陈思远" not in words(back)


def test_the_portrait_is_in_it_three_to_four() -> None:
    [image] = read(sheet()).pages[0].images
    assert image.image
    assert image.image.size == (480, 640)


def test_what_a_field_says_is_printed_and_never_run() -> None:
    front = words(read(sheet(name=HOSTILE, address=HOSTILE)).pages[0])
    assert front.count("".join(HOSTILE.split())) == 2


def test_the_typefaces_are_inside_and_only_what_is_used_of_them() -> None:
    wanted = pdf(sheet(name="陈䶮㛃㼆𠮷"))
    pages = PdfReader(io.BytesIO(wanted)).pages
    found = [dictionary(dictionary(page["/Resources"])["/Font"]) for page in pages]
    fonts = [dictionary(font) for each in found for font in each.values()]
    names = {str(font["/BaseFont"]) for font in fonts}
    assert {name.split("+")[1].split("-")[0] for name in names} == {"NotoSerifSC", "NotoSansSC", "NotoSansCJKsc"}
    for font in fonts:
        descendants = font["/DescendantFonts"]
        assert isinstance(descendants, ArrayObject)
        assert {"/FontFile2", "/FontFile3"} & dictionary(dictionary(descendants[0])["/FontDescriptor"]).keys()
    assert len(wanted) < 300_000


def test_the_same_form_is_the_same_bytes_dated_by_its_submission() -> None:
    assert pdf(sheet()) == pdf(sheet())
    metadata = read(sheet()).metadata
    assert metadata
    assert str(metadata["/CreationDate"]).startswith("D:20261202170000")
    assert press(sheet().content(), portrait(), PrintKind.SVG) == press(sheet().content(), portrait(), PrintKind.SVG)


def test_each_page_is_one_svg_that_loads_nothing() -> None:
    pages = press(sheet().content(), portrait(), PrintKind.SVG)
    assert len(pages) == 2
    for page in pages:
        assert b"<script" not in page
        assert b'href="http' not in page


@pytest.fixture
def printer() -> Iterator[LocalPrinter]:
    made = LocalPrinter()
    yield made
    made.close()


def test_a_worker_prints_the_same(printer: LocalPrinter) -> None:
    assert printer.print(sheet(), PrintKind.PDF) == [pdf(sheet())]
    assert len(printer.print(sheet(), PrintKind.SVG)) == 2


def test_a_form_that_ends_the_worker_is_told_and_the_next_one_is_printed(
    printer: LocalPrinter, caplog: pytest.LogCaptureFixture
) -> None:
    broken = Sheet(FIELDS, (), (), b"no picture", MADE)
    with pytest.raises(Refused) as refused:
        printer.print(broken, PrintKind.PDF)
    assert (refused.value.code, refused.value.status) == ("not_printed", 503)
    assert "a form was not printed" in caplog.text
    assert printer.print(sheet(), PrintKind.PDF) == [pdf(sheet())]


def test_the_waiting_room_is_not_endless() -> None:
    full = LocalPrinter(waiting=-1)
    with pytest.raises(Refused) as refused:
        full.print(sheet(), PrintKind.PDF)
    full.close()
    assert (refused.value.code, refused.value.retry_after) == ("busy", 5)

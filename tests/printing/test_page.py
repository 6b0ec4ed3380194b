"""打印毕业生登记表: for whom, when, and what is recorded."""

from __future__ import annotations

import io
from datetime import date

import pytest
from pypdf import PdfReader
from werkzeug.test import TestResponse

from app.base.audit import AuditRow
from app.base.errors import Refused
from app.identity.model import Candidate, Office
from app.portrait.model import Capture
from app.printing.press import Printer, PrintKind
from app.printing.rules import Sheet
from tests import records
from tests.page import Page
from tests.page import words as words_of
from tests.printing.conftest import Submitted
from tests.seams import provide
from tests.visitors import reason
from tests.world import FakeClock, World, picture

PICTURES = ("/print/front.svg", "/print/back.svg")


def words(answer: TestResponse) -> str:
    """What stands on the first page of a PDF, without spaces."""
    return "".join(PdfReader(io.BytesIO(answer.data)).pages[0].extract_text().split())


def acts(world: World) -> list[str]:
    return [row.action for row in world.rows(AuditRow) if row.action.startswith("form_")]


def step(page: Page) -> list[str]:
    """The current one of the four steps above the page."""
    return [words_of(each) for each in page.all("li") if each.get("aria-current") == "step"]


def test_the_strip_says_where_the_candidate_is_and_not_where_this_page_belongs(
    world: World, submitted: Submitted
) -> None:
    assert step(world.newcomer().go("/print")) == ["确认信息"]
    assert step(world.desk().go("/print")) == ["申请毕业并采集毕业证照"]
    assert step(submitted().go("/print")) == ["打印毕业生登记表"]


def test_before_anything_the_page_says_what_comes_first_and_leads_there(world: World) -> None:
    page = world.newcomer().go("/print")
    assert "毕业申请提交以后" in page.text
    assert "尚未申请" in page.text
    assert "/apply" in [link.get("href") for link in page.all("a")]
    assert not page.all("img")[1:]


@pytest.mark.parametrize("path", [*PICTURES, "/print/form.pdf"])
def test_before_the_application_is_submitted_nothing_is_printed(world: World, path: str) -> None:
    desk, phone = world.paired()
    phone.send(picture())
    assert "正在采集毕业证照片" in desk.go("/print").text
    assert reason(desk.get(path, Accept="application/json")) == (409, "not_now")
    assert reason(desk.post("/print/printed", Accept="application/json")) == (409, "not_now")
    assert acts(world) == []


def test_who_has_not_applied_gets_no_form(world: World) -> None:
    assert reason(world.newcomer().get("/print/form.pdf", Accept="application/json")) == (409, "not_now")


def test_the_page_shows_both_sides_and_what_to_bring(world: World, submitted: Submitted) -> None:
    desk = submitted()
    page = desk.go("/print")
    assert [image.get("src") for image in page.all("img") if image.get("class") == "sheet"] == list(PICTURES)
    assert page.has_button("打印")
    for text in ("现场提交材料", "居民身份证原件", "020-00000000"):
        assert text in page.text
    assert "没有这些字" not in page.text


def test_both_pictures_are_svg_that_no_cache_keeps(world: World, submitted: Submitted) -> None:
    desk = submitted()
    for path in PICTURES:
        answer = desk.get(path)
        assert (answer.status_code, answer.mimetype) == (200, "image/svg+xml")
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert answer.data.startswith(b"<svg")


def test_everybody_gets_their_own_form(world: World, submitted: Submitted) -> None:
    one, two = submitted(name="陈思远", id_number="440104199904120001"), submitted(name="何家明", id_number="H00000003")
    first, second = words(one.get("/print/form.pdf")), words(two.get("/print/form.pdf"))
    assert ("陈思远" in first, "何家明" in first, "H00000003" in first) == (True, False, False)
    assert ("陈思远" in second, "何家明" in second, "H00000003" in second) == (False, True, True)


def test_courses_that_count_and_earlier_degrees_are_on_it(world: World, submitted: Submitted) -> None:
    desk = submitted()
    person = world.rows(Candidate)[0]
    world.add(records.programme([("00795", "综合英语", 10, "required")]))
    records.give(world, person, records.score("00795", "81"), records.score("99999", name="别的课程"))
    records.give(world, person, records.certificate(major="会计", school="样例大学", issued_on=date(2020, 6, 30)))
    front = words(desk.get("/print/form.pdf"))
    assert "00795综合英语1081" in front
    assert "专科会计（样例大学，2020年6月）" in front
    assert "别的课程" not in front


def test_the_download_is_a_file_that_no_cache_keeps(world: World, submitted: Submitted) -> None:
    desk = submitted()
    answer = desk.get("/print/form.pdf")
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=graduation-form-")
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_looking_downloading_and_printing_are_recorded(world: World, submitted: Submitted) -> None:
    desk = submitted()
    desk.go("/print")
    desk.get("/print/form.pdf")
    assert desk.post("/print/printed").status_code == 204
    assert acts(world) == ["form_shown", "form_downloaded", "form_printed"]


def test_a_character_that_no_typeface_has_is_pointed_out(world: World, submitted: Submitted) -> None:
    assert "没有这些字：𦶜" in submitted(name="陈𦶜").go("/print").text


def test_without_the_registered_picture_the_one_that_was_shown_is_printed(world: World, submitted: Submitted) -> None:
    desk = submitted()
    [capture] = world.rows(Capture)
    with world.dependencies.db.writing() as db:
        row = db.get_one(Capture, capture.id)
        row.preview, row.derived = row.derived, None
    assert desk.get("/print/form.pdf").status_code == 200


def test_a_picture_that_cannot_be_read_is_said_to_be_so(world: World, submitted: Submitted) -> None:
    desk = submitted()
    [capture] = world.rows(Capture)
    world.dependencies.store.delete(str(capture.derived))
    assert reason(desk.get("/print/form.pdf", Accept="application/json")) == (503, "no_portrait")


class Refusing:
    """A printer that is out of order."""

    def print(self, sheet: Sheet, kind: PrintKind) -> list[bytes]:
        raise Refused("busy", "现在打印的人很多。请稍等几秒再试。", 503, retry_after=5)

    def close(self) -> None:
        pass


def test_a_busy_printer_says_when_to_come_back(world: World, submitted: Submitted) -> None:
    desk = submitted()
    provide(world, Printer, Refusing())
    answer = desk.get("/print/form.pdf", Accept="application/json")
    assert reason(answer) == (503, "busy")
    assert answer.headers["Retry-After"] == "5"
    assert acts(world) == []


def test_opened_again_and_again_it_is_one_row_an_hour(world: World, clock: FakeClock, submitted: Submitted) -> None:
    desk = submitted()
    for _n in range(5):
        desk.go("/print")
    assert acts(world) == ["form_shown"]
    for minutes in (20, 20, 21):
        assert acts(world) == ["form_shown"]
        clock.move(minutes=minutes)
        desk.go("/print")
    assert acts(world) == ["form_shown"] * 2


def test_what_to_bring_is_said_in_the_offices_own_words(world: World, submitted: Submitted) -> None:
    desk = submitted()
    assert "办公时间" not in desk.go("/print").text
    told = {"address": "样例路 1 号", "hours": "周一至周五 9:00–17:00", "bring": "身份证复印件\n<b>蓝底</b>照片"}
    with world.dependencies.db.writing() as db:
        for office in db.query(Office):
            for name, value in told.items():
                setattr(office, name, value)
    text = desk.go("/print").text
    for words_told in ("身份证复印件 <b>蓝底</b>照片", "地址： 样例路 1 号", "办公时间： 周一至周五 9:00–17:00"):
        assert words_told in text
    assert "身份证复印件" in desk.go("/apply").text, "the last step of the strip"

"""Why pictures are refused, and how often the first is right: every figure as counted by hand in `history`."""

from __future__ import annotations

import pytest

from app.application.workflow import Status
from tests.statistics.history import History, at, finding
from tests.statistics.reading import table, text_of
from tests.visitors import Visitor

PAGE = "/operate/statistics?part=refusals"


@pytest.mark.usefixtures("history")
def test_what_the_checks_found(operator: Visitor) -> None:
    page = operator.go(PAGE)
    #                        refused unsure warned all  of 6 pictures
    assert table(page, "machine") == {
        "清晰度": ["1", "0", "1", "2", "33.3"],
        "眼睛位置": ["0", "0", "1", "1", "16.7"],
        "睁眼": ["0", "1", "0", "1", "16.7"],
        "头部倾斜": ["0", "0", "1", "1", "16.7"],
    }
    assert "收到 6 张照片，其中 1 张没有收下" in text_of(page, "machine")


def test_of_one_city(history: History, operator: Visitor) -> None:
    page = operator.go(f"{PAGE}&office={history.shenzhen.id}")
    assert table(page, "machine") == {"睁眼": ["0", "1", "0", "1", "100.0"], "清晰度": ["0", "0", "1", "1", "100.0"]}
    assert "这段时间没有退回照片。" in text_of(page, "portrait"), "the province did"
    assert "这段时间没有退回证件附件。" in text_of(page, "documents")


@pytest.mark.usefixtures("history")
def test_why_the_offices_rejected(operator: Visitor) -> None:
    page = operator.go(PAGE)
    assert table(page, "portrait") == {
        "眼镜反光或挡住了眼睛。请摘下眼镜或换个角度，重新拍摄。": ["2", "66.7"],
        "只写了审核意见，没有选理由": ["1", "33.3"],
        "表情不自然。请放松，平视镜头，重新拍摄。": ["1", "33.3"],
    }
    assert table(page, "documents") == {
        "证件反光。请避开灯光，换个角度重新拍摄。": ["1", "100.0"],
        "证件上的字看不清。请对准焦点，靠近重新拍摄。": ["1", "100.0"],
    }
    assert "共退回 3 张" in text_of(page, "portrait")
    assert "共退回 1 张" in text_of(page, "documents")


@pytest.mark.usefixtures("history")
def test_right_the_first_time(operator: Visitor) -> None:
    assert table(operator.go(PAGE), "first") == {
        "广州市考办": ["3", "1", "33.3"],
        "深圳市考办": ["1", "0", "0.0"],
        "合计": ["4", "1", "25.0"],
    }


def test_a_second_picture_that_is_rejected_does_not_make_the_first_wrong(history: History, operator: Visitor) -> None:
    one = history.applied(at(20, 9), history.guangzhou)
    for hour, picture, rejected in ((10, "one", {}), (11, "two", {"portrait": ["glasses"]})):
        history.decided(one, history.guangzhou, Status.FULL_REVIEW_CITY, at(20, hour), rejected, picture=picture)
    assert table(operator.go(f"{PAGE}&span=7"), "first") == {"广州市考办": ["1", "1", "100.0"]}


def test_a_first_picture_that_a_system_above_refuses_was_not_right(history: History, operator: Visitor) -> None:
    one = history.applied(at(20, 9), history.guangzhou)
    history.decided(one, history.guangzhou, Status.FULL_REVIEW_CITY, at(20, 10), picture="one")
    assert table(operator.go(f"{PAGE}&span=7"), "first") == {"广州市考办": ["1", "1", "100.0"]}
    history.decided(
        one, history.guangzhou, Status.SUBMITTED, at(20, 12), {"portrait": ["refused_outside"]}, picture="one"
    )
    page = operator.go(f"{PAGE}&span=7")
    assert table(page, "first") == {"广州市考办": ["1", "0", "0.0"]}
    assert "也没有被上级系统退回" in text_of(page, "first")


def test_a_picture_counts_on_the_day_on_which_it_came(history: History, operator: Visitor) -> None:
    one = history.applied(at(20, 9), history.guangzhou)
    pairing = history.paired(one, at(20, 9))
    history.sent(pairing, at(20, 23, 59, 59), "refuse", [finding("file_size", "refuse")])
    history.sent(pairing, at(21, 0), "refuse", [finding("file_size", "refuse")])
    page = operator.go(f"{PAGE}&span=days&from=2026-11-20&to=2026-11-20")
    assert table(page, "machine") == {"文件大小": ["1", "0", "0", "1", "100.0"]}


def test_before_anything_came_there_are_words(operator: Visitor) -> None:
    page = operator.go(PAGE)
    assert "这段时间没有收到照片。" in text_of(page, "machine")
    assert "这段时间还没有审核过照片。" in text_of(page, "first")
    assert page.all("table") == []


def test_pictures_in_which_nothing_was_found_are_said(history: History, operator: Visitor) -> None:
    history.sent(history.paired(history.applied(at(20), history.guangzhou), at(20)), at(20, 13))
    page = operator.go(f"{PAGE}&span=7")
    assert "收到 1 张照片，自动检查没有发现问题" in text_of(page, "machine")


@pytest.mark.usefixtures("history")
def test_in_english(operator: Visitor) -> None:
    operator.go(PAGE)
    page = operator.press("English")
    assert table(page, "machine")["Sharpness"] == ["1", "0", "1", "2", "33.3"]
    assert any("glasses" in label for label in table(page, "portrait"))
    assert "Pictures sent back: 1." in text_of(page, "documents"), "words that fit one as well as many"

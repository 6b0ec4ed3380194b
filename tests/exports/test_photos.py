"""Registered photos come out as they were registered, named, summed and checked."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from dataclasses import replace

import pytest
import python_calamine
import pyzipper
from PIL import Image
from sqlalchemy import update
from werkzeug.test import TestResponse

from app.application.model import Application
from app.application.workflow import Status
from app.base.audit import AuditRow
from app.exports.model import Export, ExportItem
from app.exports.rules import Change
from app.portrait.model import Capture
from tests import people
from tests.exports.approved import PHOTOS, SHENZHEN, approved, exported, photo, photographed, work
from tests.visitors import Visitor
from tests.world import World


@pytest.fixture
def operator(world: World) -> Visitor:
    return world.visitor(world.add(people.operator()))


def fetched(operator: Visitor, export_id: int, **headers: str) -> TestResponse:
    """The answer to a download, to its last byte."""
    path = f"/operate/exports/{export_id}/file"
    dashed = {name.replace("_", "-"): value for name, value in headers.items()}
    return operator.client.get(path, base_url=operator.origin, headers=dashed, buffered=True)


def zip_of(operator: Visitor, export_id: int) -> zipfile.ZipFile:
    answer = fetched(operator, export_id)
    assert (answer.status_code, answer.mimetype) == (200, "application/zip"), answer.text
    assert answer.content_length == len(answer.data)
    return zipfile.ZipFile(io.BytesIO(answer.data))


def rows_of(archive: zipfile.ZipFile) -> list[list[str]]:
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(archive.read("list.xlsx")))
    return [[str(cell) for cell in row] for row in book.get_sheet_by_index(0).to_python()]


def test_the_bytes_are_those_that_were_registered(world: World, operator: Visitor) -> None:
    approved(world, 1, exam_number="010126000001", name="陈一")
    approved(world, 2, exam_number="010126000002", status=Status.READY)
    approved(world, 3, city=SHENZHEN)
    approved(world, 4, status=Status.PORTRAIT_REVIEW)
    made = exported(world)
    archive = zip_of(operator, made.id)
    assert archive.testzip() is None
    assert archive.namelist() == ["photos/010126000001.jpg", "photos/010126000002.jpg", "list.xlsx", "SHA256SUMS"]
    assert [archive.read(f"photos/01012600000{n}.jpg") for n in (1, 2)] == [photo(1), photo(2)]
    with Image.open(archive.open("photos/010126000001.jpg")) as image:
        assert (image.size, image.info["dpi"], image.mode) == ((480, 640), (300, 300), "RGB")
    sums = [line.split("  ") for line in archive.read("SHA256SUMS").decode().splitlines()]
    assert {name: sha256 for sha256, name in sums} == {
        name: hashlib.sha256(archive.read(name)).hexdigest() for name in archive.namelist()[:-1]
    }
    assert rows_of(archive)[1][:3] == ["010126000001.jpg", "010126000001", "陈一"]


def test_a_photo_that_cannot_be_read_is_named_before_anybody_downloads(world: World, operator: Visitor) -> None:
    approved(world, 1, exam_number="010126000001")
    lost = approved(world, 2, exam_number="010126000002")
    approved(world, body=b"", exam_number="010126000003")
    [capture] = world.rows(Capture, application_id=lost.id)
    world.dependencies.store.delete(str(capture.derived))
    made = exported(world)
    assert (made.people, made.faults) == (1, 2)
    page = operator.go(f"/operate/exports/{made.id}")
    assert "照片文件不见了" in page.text
    assert "没有登记照片" in page.text
    archive = zip_of(operator, made.id)
    assert "010126000002" in archive.read("faults.csv").decode("utf-8-sig")
    assert len(rows_of(archive)) == 2


def test_the_same_export_has_the_same_bytes_and_goes_on_where_it_broke_off(world: World, operator: Visitor) -> None:
    approved(world, 1)
    approved(world, 2)
    number = exported(world).id
    whole = fetched(operator, number)
    assert fetched(operator, number).data == whole.data
    for start in (1, 700, len(whole.data) - 3):
        rest = fetched(operator, number, Range=f"bytes={start}-", If_Range=str(whole.headers["ETag"]))
        assert (rest.status_code, rest.data) == (206, whole.data[start:])
        assert rest.headers["Content-Range"] == f"bytes {start}-{len(whole.data) - 1}/{len(whole.data)}"
    other = fetched(operator, number, Range="bytes=5-", If_Range='"other"')
    assert (other.status_code, other.data) == (200, whole.data)


def test_only_what_changed_since_the_last_one(world: World, operator: Visitor) -> None:
    same, changed, gone = (approved(world, n, exam_number=f"01012600000{n}") for n in (1, 2, 3))
    first = exported(world)
    photographed(world, changed, photo(12))
    with world.dependencies.db.writing() as db:
        db.get_one(Application, gone.id).status = Status.CAPTURE
    approved(world, 4, exam_number="010126000004")
    second = exported(world, replace(PHOTOS, since=first.id))
    counts = (second.new, second.replaced, second.same, second.withdrawn)
    assert counts == (1, 1, 1, 1)
    archive = zip_of(operator, second.id)
    names = [name for name in archive.namelist() if name.startswith("photos/")]
    assert names == ["photos/010126000002.jpg", "photos/010126000004.jpg"]
    assert archive.read(names[0]) == photo(12)
    assert "010126000003.jpg" in archive.read("withdrawn.csv").decode("utf-8-sig")
    third = exported(world, replace(PHOTOS, since=second.id))
    assert (third.new, third.replaced, third.same, third.withdrawn) == (0, 0, 3, 0)
    assert world.rows(ExportItem, export_id=third.id, application_id=same.id)[0].change == Change.SAME


def test_a_photo_that_was_taken_back_since_ends_the_download_before_it_begins(world: World, operator: Visitor) -> None:
    taken = approved(world, 1)
    made = exported(world)
    with world.dependencies.db.writing() as db:
        db.execute(update(Capture).where(Capture.application_id == taken.id).values(derived=None))
    answer = operator.get(f"/operate/exports/{made.id}/file")
    assert answer.status_code == 409
    assert "重新导出" in operator.page.text


def test_each_download_is_recorded(world: World, operator: Visitor) -> None:
    approved(world, 1)
    made = exported(world)
    zip_of(operator, made.id)
    told = [(row.action, row.detail) for row in world.rows(AuditRow, application_id=None)]
    assert told[-1] == ("export_downloaded", str(made.id))
    assert ("export_made", f"{made.id} {made.digest}") in told
    assert world.rows(Export, id=made.id)[0].downloads == 1


def test_a_sealed_export_opens_with_the_password_that_is_shown_once(world: World, operator: Visitor) -> None:
    approved(world, 1, exam_number="010126000001")
    operator.go("/operate/exports?preview=yes&sealed=yes&city=440100")
    page = operator.press("开始导出")
    [password] = re.findall(r"(?:[A-Z2-9]{4}-){4}[A-Z2-9]{4}", page.text)
    work(world)
    [made] = world.rows(Export)
    assert opened(operator, made.id, password)["photos/010126000001.jpg"] == photo(1)
    assert fetched(operator, made.id).data == fetched(operator, made.id).data
    assert password not in operator.go(f"/operate/exports/{made.id}").text
    page = operator.press("换一个密码")
    [other] = re.findall(r"(?:[A-Z2-9]{4}-){4}[A-Z2-9]{4}", page.text)
    assert other != password
    assert opened(operator, made.id, other)["photos/010126000001.jpg"] == photo(1)
    with pytest.raises(RuntimeError, match="Bad password"):
        opened(operator, made.id, password)


def opened(operator: Visitor, export_id: int, password: str) -> dict[str, bytes]:
    answer = fetched(operator, export_id)
    assert answer.content_length == len(answer.data)
    with pyzipper.AESZipFile(io.BytesIO(answer.data)) as archive:
        archive.setpassword(password.encode())
        return {name: archive.read(name) for name in archive.namelist()}


def test_city_offices_may_not_export(world: World) -> None:
    reviewer = world.visitor(world.add(people.reviewer()))
    assert reviewer.get("/operate/exports").status_code == 403
    assert reviewer.get("/operate/exports/1/file").status_code == 403


def test_to_ask_how_long_it_is_takes_nothing_away(world: World, operator: Visitor) -> None:
    approved(world, 1)
    made = exported(world)
    asked = operator.client.head(f"/operate/exports/{made.id}/file", base_url=operator.origin)
    assert (asked.status_code, asked.content_length, asked.data) == (200, made.length, b"")
    assert [row for row in world.rows(AuditRow) if row.action == "export_downloaded"] == []
    assert world.rows(Export)[0].downloads == 0


def test_who_has_the_whole_is_told_so_and_odd_ranges_give_the_whole(world: World, operator: Visitor) -> None:
    approved(world, 1)
    made = exported(world)
    assert fetched(operator, made.id, Range=f"bytes={made.length}-").status_code == 416
    for odd in ("items=1-", "bytes=-5", "bytes=0-", "bytes=5-9"):
        answer = fetched(operator, made.id, Range=odd)
        assert (answer.status_code, len(answer.data)) == (200, made.length), odd


@pytest.mark.parametrize("path", ["?since=%s", "?preview=yes&since=%s", "/%s", "/%s/file"])
def test_a_number_that_no_export_can_have(path: str, operator: Visitor) -> None:
    for number in ("9" * 25, str(2**63)):
        assert operator.get("/operate/exports" + path % number).status_code in (200, 404)


def test_two_who_share_a_number_are_told_beforehand_and_by_the_making(world: World, operator: Visitor) -> None:
    for n, number in enumerate(("44010419990412000X", "440104199904120018", "44010419990412000x")):
        approved(world, n, exam_number=f"01012600000{n}", id_number=number)
    page = operator.go("/operate/exports?preview=yes&city=440100&template={id_number}.jpg")
    assert "这些照片会重名" in page.text
    assert "开始导出" not in page.text
    made = exported(world, replace(PHOTOS, template="{id_number}.jpg"))
    assert "准考证号 010126000002" in operator.go(f"/operate/exports/{made.id}").text

"""The inspector in its worker processes, and the command that uses it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from app.base.errors import Refused
from app.base.workers.pool import Workers
from app.imaging import commands
from app.imaging.inspect import TASK, LocalInspector, inspect
from app.imaging.packs.pack import load
from tests import pictures
from tests.imaging.looking import finding


@pytest.fixture(scope="module")
def inspector() -> Iterator[LocalInspector]:
    with closing(LocalInspector(1, 4)) as started:
        yield started


def test_it_says_the_same_as_inspecting_here(inspector: LocalInspector) -> None:
    body = pictures.portrait_jpeg()
    assert inspector.inspect(body, "image/jpeg") == inspect(body, "image/jpeg", load())


def test_a_wrong_type_is_turned_away_before_a_worker_is_asked(inspector: LocalInspector) -> None:
    with pytest.raises(Refused) as turned_away:
        inspector.inspect(b"<html>", "image/jpeg")
    assert (turned_away.value.code, turned_away.value.status) == ("wrong_type", 415)


@pytest.mark.parametrize(
    ("body", "declared"),
    [
        (pictures.png(7000, 7000, colour=6), "image/png"),
        (pictures.written(pictures.portrait().resize((6000, 8000)), "JPEG", quality=75), "image/jpeg"),
    ],
    ids=["RGBA PNG", "JPEG"],
)
def test_the_largest_pictures_that_are_allowed_fit_into_the_memory_of_a_worker(body: bytes, declared: str) -> None:
    with closing(Workers(TASK, 1, 0, wall_seconds=60, cpu_seconds=30)) as workers:
        header, preview = workers.run({"declared": declared, "pack": "guangdong"}, body)
    assert isinstance(header["width"], int)
    assert header["width"] >= 6000
    assert preview


class Bomb(LocalInspector):
    """An inspector whose workers die over every picture."""

    def __init__(self) -> None:
        super().__init__(1, 0)
        self._workers = Workers("tests.base.jobs:end", 1, 0)


def test_a_picture_that_kills_its_worker_is_an_unreadable_picture() -> None:
    with closing(Bomb()) as inspector:
        done = inspector.inspect(pictures.portrait_jpeg(), "image/jpeg")
    assert not done.readable
    assert done.report.verdict == "refuse"
    assert finding(done, "readable").advice.zh.startswith("照片无法读取")


def test_when_everybody_is_at_work_the_phone_is_asked_to_come_back() -> None:
    with closing(LocalInspector(1, 0)) as inspector, ThreadPoolExecutor(4) as threads:
        body = pictures.portrait_jpeg()
        jobs = [threads.submit(inspector.inspect, body, "image/jpeg") for _ in range(4)]
        refusals = [error for job in jobs if (error := job.exception())]
    told = {(each.code, each.status, each.retry_after) for each in refusals if isinstance(each, Refused)}
    assert told == {("busy", 503, 2)}
    assert all(isinstance(each, Refused) for each in refusals)


def run(*arguments: Path | str) -> tuple[int, list[dict[str, Any]]]:
    result = CliRunner().invoke(commands.inspect, [str(each) for each in arguments])
    return result.exit_code, [json.loads(line) for line in result.stdout.splitlines()]


def test_the_command_prints_one_report_a_line(tmp_path: Path) -> None:
    good, small = tmp_path / "好.jpg", tmp_path / "small.png"
    good.write_bytes(pictures.portrait_jpeg())
    small.write_bytes(pictures.written(pictures.portrait(300, 400), "PNG"))
    code, lines = run(good, small)
    assert code == 0
    assert [line["verdict"] for line in lines] == ["pass", "refuse"]
    assert [line["file"] for line in lines] == [str(good), str(small)]
    assert all(line.keys() == {"file", "pack", "verdict", "findings"} for line in lines)
    assert {line["pack"] for line in lines} == {"guangdong"}


def test_the_command_says_2_when_a_file_cannot_be_read_and_goes_on(tmp_path: Path) -> None:
    text, good = tmp_path / "a.jpg", tmp_path / "b.jpg"
    text.write_text("no picture")
    good.write_bytes(pictures.portrait_jpeg())
    code, lines = run(text, tmp_path / "missing.jpg", tmp_path, good, "--pack", "national")
    assert code == 2
    unreadable = [line["findings"][0] for line in lines[:3]]
    assert [(each["check"], each["verdict"]) for each in unreadable] == [("readable", "refuse")] * 3
    assert (lines[3]["verdict"], lines[3]["pack"]) == ("pass", "national")


def test_the_command_knows_its_packs() -> None:
    assert run("a.jpg", "--pack", "nowhere")[0] == 2


def test_the_packs_are_listed_and_every_rule_is_explained_with_its_source() -> None:
    result = CliRunner().invoke(commands.packs, ["guangdong"])
    assert result.exit_code == 0
    rules = load("guangdong").checks
    assert all(f"  {name} " in result.output and rule.source in result.output for name, rule in rules.items())
    assert load("guangdong").hash in result.output

"""`flask import` beside a server: real processes, killed in the middle, two at once."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from app.base.database import Database
from app.identity.model import Candidate
from app.imports.case_texts import COMPARED_AGAIN
from app.imports.model import ImportedFile
from app.imports.report_rules import CaseChange, ImportReport
from app.imports.terminal_forms import show
from app.jobs.model import Job
from tests.e2e.world import ROOT
from tests.e2e.world import World as Machine
from tests.imports.lists import LAYOUTS, as_csv, person, table
from tests.world import World

PEOPLE = 400
# A row in the middle for which writing takes minutes: the process is in its transaction then.
SLOW = """
CREATE TRIGGER slow AFTER INSERT ON candidate WHEN new.exam_number = '010100000200' BEGIN
  SELECT count(*) FROM
    (WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 10000000000) SELECT x FROM n);
END
"""


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """A folder with an empty database, as it is before the server starts."""
    made = Machine(tmp_path / "var", LANG="C.UTF-8", FLASK_APP="app")
    made.folder.mkdir()
    database = Database(f"sqlite:///{made.folder / 'zhengzhao.db'}")
    database.upgrade()
    database.engine.dispose()
    return made


def a_list(where: Machine | World, *wrong: int, name: str = "people.csv") -> Path:
    lines = [person(number, **({"sex": "？"} if number in wrong else {})) for number in range(PEOPLE)]
    path = where.folder / name
    path.write_bytes(as_csv(table(LAYOUTS["candidates"], lines)))
    return path


def start(machine: Machine, *words: str | Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "flask", "import", *map(str, words)]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=ROOT, env=machine.environment, text=True, stdout=pipe, stderr=pipe)


def run(machine: Machine, *words: str | Path) -> tuple[int, str]:
    """The exit code, and all it said, of a process."""
    process = start(machine, *words)
    said, warned = process.communicate(timeout=170)
    return process.returncode, said + warned


def ask(world: World, *words: str | Path) -> tuple[int, str]:
    """The same in this process."""
    done = world.app.test_cli_runner().invoke(args=["import", *map(str, words)])
    return done.exit_code, done.output


def people(machine: Machine) -> int:
    return int(machine.rows("SELECT count(*) FROM candidate")[0][0])


def until_it_writes(machine: Machine, process: subprocess.Popen[str]) -> None:
    """It holds the write lock: nobody else gets it now, though it gave no beat for a while."""
    while process.poll() is None:
        with sqlite3.connect(machine.folder / "zhengzhao.db", timeout=1) as db:
            step = db.execute("SELECT step FROM job ORDER BY id DESC LIMIT 1").fetchone()
            if step and step[0] == "写入数据库":
                try:
                    db.execute("BEGIN IMMEDIATE")
                    db.rollback()
                except sqlite3.OperationalError:
                    return
    raise AssertionError(process.communicate())


def test_a_list_comes_in_and_again_changes_nothing(world: World) -> None:
    path = a_list(world)
    code, said = ask(world, "candidates", path)
    assert (code, len(world.rows(Candidate))) == (0, PEOPLE), said
    assert f"new {PEOPLE}" in said
    code, said = ask(world, "candidates", path)
    assert (code, f"same {PEOPLE}" in said) == (0, True)
    files = [(each.kind, each.file_name, each.secret) for each in world.rows(ImportedFile)]
    assert files == [("candidates", "people.csv", "")] * 2
    assert {each.state for each in world.rows(Job)} == {"done"}


def test_wrong_rows_and_a_dry_run_write_nothing_and_the_exit_code_says_it(world: World, tmp_path: Path) -> None:
    errors, wrong, right = tmp_path / "errors.csv", a_list(world, 3, 5), a_list(world, name="right.csv")
    code, said = ask(world, "candidates", wrong, "--errors", errors)
    assert (code, world.rows(Candidate)) == (1, [])
    assert "2 rows are wrong" in said
    assert errors.read_text("utf-8-sig").splitlines()[1].startswith("5,性别,")
    assert ask(world, "candidates", right, "--dry-run")[0] == 0
    assert ask(world, "candidates", wrong, "--dry-run")[0] == 1
    assert world.rows(Candidate) == []
    assert ask(world, "candidates", wrong, "--drop-wrong")[0] == 0
    assert len(world.rows(Candidate)) == PEOPLE - 2


def test_what_stands_in_a_file_is_never_markup(world: World) -> None:
    path = world.folder / "marks.csv"
    path.write_bytes(as_csv(table(LAYOUTS["candidates"], [person(1, sex="[/b]"), person(2, sex="[red]")])))
    code, said = ask(world, "candidates", path)
    assert (code, "[/b]" in said, "[red]" in said) == (1, True, True), said


def test_what_cannot_be_imported_ends_with_two(world: World, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("菜名,价格\n白切鸡,38\n")
    code, said = ask(world, "candidates", tmp_path / "list.csv")
    assert code == 2
    assert "No headings found" in said
    code, said = ask(world, "cooks", tmp_path / "list.csv")
    assert (code, "there is no kind cooks; there are candidates," in said) == (2, True)
    code, said = ask(world, "results", tmp_path / "list.csv", "--layout", "candidates")
    assert (code, "there is no layout candidates for results" in said) == (2, True)


def test_kill_9_in_the_middle_of_the_writing_leaves_nothing(machine: Machine) -> None:
    machine.change(SLOW)
    process = start(machine, "candidates", a_list(machine))
    until_it_writes(machine, process)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert people(machine) == 0
    assert machine.rows("SELECT count(*) FROM audit WHERE action = 'imported'") == [(0,)]
    machine.change("DROP TRIGGER slow")
    machine.change("UPDATE job SET beat_at = '2020-01-01 00:00:00'")  # its process has been gone for long
    assert run(machine, "candidates", a_list(machine))[0] == 0
    assert people(machine) == PEOPLE


def test_of_two_at_once_the_second_is_told_so_and_changes_nothing(machine: Machine) -> None:
    machine.change(SLOW)
    path = a_list(machine)
    first = start(machine, "candidates", path)
    try:
        until_it_writes(machine, first)
        code, said = run(machine, "candidates", path)
        assert code == 2
        assert "Another import has been under way since" in said
    finally:
        first.kill()
        first.communicate()
    assert people(machine) == 0
    assert machine.rows("SELECT count(*) FROM job") == [(1,)]


def test_what_changes_for_a_case_is_said_with_its_values(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "C.UTF-8")
    change = CaseChange(1, 1, "010126000001", "陈思远", "CAPTURE", {"姓名": ("陈思远", "陈思源")}, COMPARED_AGAIN)
    show(ImportReport(cases=[change], touched=1))
    said = capsys.readouterr().out
    assert "010126000001 陈思远 · Taking the graduation photo · Name 陈思远 → 陈思源: " in said

"""`flask export` does in the foreground what the page does."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pyzipper
from click.testing import Result

from app.exports.model import Export
from app.jobs.rules import JobState
from tests.exports.approved import SHENZHEN, approved, photo
from tests.world import World


def run(world: World, *words: str) -> Result:
    return world.app.test_cli_runner().invoke(args=["export", *words])


def test_photos_into_a_file(world: World, tmp_path: Path) -> None:
    approved(world, 1, exam_number="010126000001")
    approved(world, 2, city=SHENZHEN)
    done = run(world, "photos", "--city", "440100", "--out", str(tmp_path / "one.zip"))
    assert done.exit_code == 0, done.output
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        assert archive.read("photos/010126000001.jpg") == photo(1)
        assert len(archive.namelist()) == 3
    [made] = world.rows(Export)
    assert made.job
    assert (made.asked_by, made.job.state) == (None, JobState.DONE)


def test_sealed_with_the_password_on_stderr(world: World, tmp_path: Path) -> None:
    approved(world, 1, exam_number="010126000001")
    done = run(world, "photos", "--sealed", "--out", str(tmp_path / "one.zip"))
    [password] = re.findall(r"password: (\S+)", done.stderr)
    with pyzipper.AESZipFile(tmp_path / "one.zip") as archive:
        archive.setpassword(password.encode())
        assert archive.read("photos/010126000001.jpg") == photo(1)


def test_only_what_changed_since_the_last(world: World, tmp_path: Path) -> None:
    approved(world, 1)
    assert run(world, "photos", "--out", str(tmp_path / "1.zip")).exit_code == 0
    approved(world, 2)
    done = run(world, "photos", "--since", "last", "--out", str(tmp_path / "2.zip"))
    assert "1 people, 1 unchanged, 0 withdrawn" in done.output


def test_a_photo_that_cannot_be_read_ends_it_with_1(world: World, tmp_path: Path) -> None:
    approved(world, 1)
    approved(world, body=b"")
    done = run(world, "photos", "--out", str(tmp_path / "1.zip"))
    assert done.exit_code == 1
    assert "1 photos that cannot be read" in done.output


def test_what_cannot_be_is_said_in_words(world: World, tmp_path: Path) -> None:
    approved(world, 1, id_number="440104199904120001")
    approved(world, 2, id_number="440104199904120001")
    for words, why in (
        (["--names", "{nr}.jpg"], "cannot stand in the photos' names"),
        (["--names", "{id_number}.jpg"], "the same name"),
        (["--layout", "none"], "has no such layout"),
        (["--batch", "209912"], "choose a graduation month"),
        (["--since", "7"], "can be compared"),
    ):
        done = run(world, "photos", *words, "--out", str(tmp_path / "1.zip"))
        assert (done.exit_code, why in done.output) == (1, True), done.output
    assert not (tmp_path / "1.zip").exists()

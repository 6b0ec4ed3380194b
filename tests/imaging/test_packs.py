"""Rule packs load whole, inherit, and say where they are wrong."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from app.imaging import checks
from app.imaging.packs.pack import DEFAULT, PACKS, Pack, PackError, load, names


@pytest.mark.parametrize("name", names())
def test_every_pack_that_is_shipped_loads_and_has_a_rule_for_every_check(name: str) -> None:
    pack = load(name)
    assert {check.name for check in checks.ALL} < pack.checks.keys()
    assert all(rule.source for rule in pack.checks.values())


def test_guangdong_is_the_default_and_takes_from_the_national_pack_what_it_does_not_say() -> None:
    ours, national = load(), load("national")
    assert ours.name == DEFAULT == "guangdong"
    assert ours.gate == national.gate
    assert ours.hash != national.hash


def write(folder: Path, name: str, text: str) -> Pack:
    (folder / f"{name}.toml").write_text(text, "utf-8")
    return load(name, folder)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "national.toml").write_text((PACKS / "national.toml").read_text("utf-8"), "utf-8")
    return tmp_path


HEAD = 'name = "own"\nversion = "2026.1"\ninherits = "national"\n'


def test_a_changed_number_changes_the_hash_and_nothing_else(folder: Path) -> None:
    pack = write(folder, "own", HEAD + "[checks.eye_line]\nlow = 210\n")
    other = write(folder, "other", HEAD.replace("own", "other"))
    assert pack.checks["eye_line"].limits == (210, 300)
    assert pack.checks["face_width"] == other.checks["face_width"]
    assert pack.hash != other.hash


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[checks.eye_line]\nlow = 400\n", "checks.eye_line.*low is above high"),
        ("[checks.eye_line]\nlow = 'high'\n", "checks.eye_line.low"),
        ("[checks.eye_line]\nlwo = 1\n", "checks.eye_line.lwo"),
        ("[checks.eye_line]\nseverity = 'shout'\n", "checks.eye_line.severity"),
        ("[checks.over_exposure]\nlow = 0.1\n", "checks.over_exposure.*advice.too_low is missing"),
        (
            "[checks.tilt]\nhigh = 5\nseverity = 'refuse'\nadvice = {too_high = {zh = '正', en = 'up'}}\n",
            "checks.tilt.source",
        ),
        ("[gate]\nmax_scans = {value = 5, source = ''}\n", "gate.max_scans.source"),
        ("[crop]\nwidth = {value = -1, source = 'x'}\n", "crop.width.value"),
        ("[[[", "own"),
    ],
)
def test_what_is_wrong_is_named(folder: Path, text: str, complaint: str) -> None:
    with pytest.raises(PackError, match=complaint):
        write(folder, "own", HEAD + text)


def test_a_pack_without_a_parent_must_be_whole(folder: Path) -> None:
    with pytest.raises(PackError, match="gate"):
        write(folder, "own", HEAD.replace('inherits = "national"\n', ""))


@pytest.mark.parametrize("name", ["../secret", "nowhere", ""])
def test_there_is_no_other_pack(name: str) -> None:
    with pytest.raises(PackError, match="no such rule pack"):
        load(name)


def test_packs_that_inherit_each_other_are_refused(folder: Path) -> None:
    (folder / "left.toml").write_text('inherits = "right"')
    (folder / "right.toml").write_text('inherits = "left"')
    with pytest.raises(PackError, match="inherits itself"):
        load("left", folder)


def test_the_phone_gets_limits_geometry_and_advice() -> None:
    sent = json.loads(json.dumps(load().for_phone()))
    assert sent["gate"]["min_bytes"] == 51_200
    assert (sent["gate"]["min_width"], sent["gate"]["min_height"]) == (600, 800)
    assert sent["crop"]["hair"] == [50, 110]
    assert sent["crop"]["eyes"] == [200, 300]
    assert sent["crop"]["face_width"] == [180, 300]
    assert sent["checks"]["over_exposure"]["advice"]["too_high"]["en"]


def test_every_advice_is_one_sentence_of_what_and_one_of_what_next() -> None:
    for name, rule in load().checks.items():
        for direction, words in rule.advice.items():
            assert words.zh.count("。") == 2, (name, direction)
            assert words.en.rstrip().endswith(".")
            assert not {"!", "！"} & set(words.zh + words.en)


def test_the_files_are_what_is_hashed() -> None:
    own = tomllib.loads((PACKS / "guangdong.toml").read_text("utf-8"))
    assert own["inherits"] == "national"
    assert load("guangdong").hash == load("guangdong", PACKS).hash

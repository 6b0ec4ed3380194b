"""docs/deploy.md, typed block by block: a server behind nginx that takes a portrait, upkeep, a backup, a restore."""

from __future__ import annotations

import base64
import json
import re
import shutil
import stat
from pathlib import Path

import pytest

from app.parent.rules import MOST_BYTES
from tests import people
from tests.deploy.deployed import Deployed
from tests.deploy.document import DOCUMENT, blocks
from tests.deploy.place import NAME
from tests.deploy.visit import ask, log_in
from tests.house.tree import ROOT
from tests.pictures import portrait_jpeg

SIX_MONTHS = 184  # days
pytestmark = pytest.mark.timeout(600)
UNITS = sorted(file.name for end in ("service", "timer") for file in (ROOT / "deploy").glob(f"*.{end}"))


def test_the_document_holds_blocks_that_are_typed_and_blocks_that_are_copied() -> None:
    assert {block.language for block in blocks()} == {"sh", "nginx", "nft"}
    assert len([block for block in blocks() if block.language == "sh"]) >= 6


def test_every_file_of_the_folder_is_named_in_the_document() -> None:
    text = DOCUMENT.read_text()
    assert [file.name for file in (ROOT / "deploy").iterdir() if f"deploy/{file.name}" not in text] == []


def test_the_server_answers_alone_and_behind_nginx(deployed: Deployed) -> None:
    assert '{"status":"ok"}' in deployed.after("git clone")
    assert '"ready":true' in deployed.after("git clone")
    assert '{"status":"ok"}' in deployed.after("reload nginx")


def test_a_backup_is_proved(deployed: Deployed) -> None:
    said = deployed.after("--check")
    assert re.search(r"\b([1-9]\d*) of \1 pictures", said), said
    assert "0 broken" in said
    assert "proved in" in said


def test_a_person_can_log_in_through_nginx(deployed: Deployed) -> None:
    assert deployed.login is not None
    assert (deployed.login.status, deployed.login.getheader("Location")) == (302, "/")


def test_a_portrait_from_a_phone_is_judged_by_the_networks(deployed: Deployed) -> None:
    assert deployed.upload is not None
    answer, said = deployed.upload
    assert answer.status == 201, said
    assert {"faces", "eyes"} & set(said.split('"')), said


def test_a_picture_is_judged_on_the_command_line(deployed: Deployed, tmp_path: Path) -> None:
    (tmp_path / "portrait.jpg").write_bytes(portrait_jpeg(1200, 1600))
    done = deployed.machine.flask("inspect", str(tmp_path / "portrait.jpg"))
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["verdict"] == "pass"


@pytest.mark.parametrize("path", ["/parent/candidates", "/parent/results"])
def test_lists_of_the_parent_system_come_through_up_to_their_bound(deployed: Deployed, path: str) -> None:
    for size, expected in ((MOST_BYTES, 400), (MOST_BYTES + 1, 413)):
        answer, said = ask(deployed.machine.place, "POST", path, b" " * size)
        assert answer.status == expected, said


def test_who_asked_for_what_is_kept_without_what_an_address_carries(deployed: Deployed) -> None:
    answer, _said = ask(deployed.machine.place, "GET", "/launch?mac=secret")
    ask(deployed.machine.place, "GET", "/health")  # once the next one is answered, the line is written
    root = deployed.machine.place.root
    [line] = [each for each in (root / "var/log/zhengzhao/access.log").read_text().splitlines() if "/launch" in each]
    assert line.startswith("127.0.0.1 [")
    assert line.endswith(str(answer.getheader("X-Request-Id")))
    assert "secret" not in line
    rule = (root / "etc" / "logrotate.d" / "zhengzhao").read_text()
    assert re.search(rf"^{root}/var/log/zhengzhao/\*\.log {{$", rule, re.MULTILINE)
    weeks = re.search(r"weekly\s+rotate (\d+)", rule)
    assert weeks
    assert 7 * int(weeks[1]) >= SIX_MONTHS


def test_nothing_that_passes_through_nginx_is_kept_in_a_file(deployed: Deployed) -> None:
    conf = (deployed.machine.place.root / "etc" / "nginx" / "conf.d" / "zhengzhao.conf").read_text()
    assert "proxy_max_temp_file_size 0;" in conf
    large = [
        part for part in re.findall(r"location [^{]+\{[^}]+\}", conf) if re.search(r"client_max_body_size \d+m;", part)
    ]
    assert len(large) == 4
    assert [part for part in large if "proxy_request_buffering off;" not in part] == []


def test_another_name_is_not_answered(deployed: Deployed) -> None:
    with pytest.raises(ConnectionError):
        ask(deployed.machine.place, "GET", "/health", Host="another.example.cn")


def test_the_secrets_are_roots_alone(deployed: Deployed) -> None:
    etc = deployed.machine.place.root / "etc"
    assert stat.S_IMODE((etc / "zhengzhao.env").stat().st_mode) == 0o600
    assert stat.S_IMODE(deployed.machine.place.kept.stat().st_mode) == 0o700


def test_the_servers_user_comes_to_the_backups_and_writes_at_home(deployed: Deployed) -> None:
    root = deployed.machine.place.root
    assert stat.S_IMODE((root / "backup").stat().st_mode) & 0o011 == 0o011, "the way to its folder is open"
    assert stat.S_IMODE((root / "backup" / "zhengzhao").stat().st_mode) == 0o700
    owned = (root / "run" / "chown").read_text().splitlines()
    assert f"zhengzhao: {root}/opt/zhengzhao" in owned, "npm keeps what it fetches there"


def test_installed_again_nothing_changes(deployed: Deployed) -> None:
    etc = deployed.machine.place.root / "etc"
    before = {file: (file.read_bytes(), file.stat().st_mtime_ns) for file in etc.rglob("*") if file.is_file()}
    main = (deployed.machine.place.root / "run" / "main").read_text()
    again = deployed.machine.install(NAME)
    assert again.returncode == 0, again.stderr
    assert "written" not in again.stdout
    assert {file: (file.read_bytes(), file.stat().st_mtime_ns) for file in etc.rglob("*") if file.is_file()} == before
    assert (deployed.machine.place.root / "run" / "main").read_text() == main, "the server was not started again"


@pytest.mark.parametrize(("words", "said"), [([], "usage"), (["zz/../x"], "usage"), (["-x.cn"], "usage")])
def test_a_name_that_is_none_is_not_installed(deployed: Deployed, words: list[str], said: str) -> None:
    done = deployed.machine.install(*words)
    assert (done.returncode, said in done.stderr) == (1, True)


def test_without_systemd_it_starts_nothing_and_says_so_and_what_was_changed_by_hand_is_kept(deployed: Deployed) -> None:
    site = deployed.machine.place.root / "etc" / "nginx" / "conf.d" / "zhengzhao.conf"
    usual, changed = site.read_text(), f"# by certbot\n{site.read_text()}"
    site.write_text(changed)
    done = deployed.machine.install(NAME, WITHOUT_SYSTEMD="1")
    assert done.returncode == 0, done.stderr
    assert "the server was not started" in done.stdout
    assert "nginx was not started either" in done.stdout
    assert (site.read_text(), site.with_name("zhengzhao.conf.old").read_text()) == (usual, changed)
    assert "zhengzhao.conf.old: put your own changes in again" in done.stdout


def test_what_is_left_is_said(deployed: Deployed) -> None:
    said = deployed.after("git clone")
    for words in ("deploy/flask init", "Keep a copy of", "请换上正式证书"):
        assert words in said


def test_commands_run_with_the_servers_settings(deployed: Deployed) -> None:
    """Whatever a shell would make of a value: systemd takes it as it is, but for quotes around it."""
    file = deployed.machine.place.root / "etc" / "zhengzhao.env"
    usual, key = file.read_text(), base64.b64encode(b"w" * 32).decode()
    hook = "https://parent.example/hook?a=1&b=$HOME;false"
    file.write_text(f'{usual}WEBHOOK_URL={hook}\nWEBHOOK_KEY="w1:{key}"\nMAIL_FROM=证照 采集 <zz@office.example>')
    try:
        audit = deployed.machine.server_flask("verify-audit")
        [newest] = sorted((deployed.machine.place.root / "backup" / "zhengzhao").glob("*.zzb"))[-1:]
        proved = deployed.machine.restore(str(newest), "--check")
    finally:
        file.write_text(usual)
    assert "0 broken" in audit.stdout + audit.stderr, audit.stderr
    assert "proved in" in proved.stdout, proved.stderr


def test_commands_run_from_a_home_that_the_servers_user_may_not_look_into(deployed: Deployed, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("TOKEN_SECONDS=none\n")  # who reads it stops
    (tmp_path / "offices.csv").write_text("x\n")
    done = deployed.machine.server_flask("verify-audit", cwd=tmp_path, NEIGHBOUR=str(tmp_path))
    assert "0 broken" in done.stdout + done.stderr, done.stderr
    words = ("import", "offices", "offices.csv")
    told = deployed.machine.server_flask(*words, cwd=tmp_path, NEIGHBOUR=str(tmp_path))
    assert told.returncode == 1
    assert f"sudo install -o zhengzhao -m 600 {tmp_path}/offices.csv" in told.stderr


@pytest.mark.parametrize("unit", UNITS)
def test_systemd_is_content_with_the_units(deployed: Deployed, unit: str) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not installed")
    assert deployed.machine.verify(unit) == ""


def test_a_backup_can_be_restored_and_holds_the_portrait(deployed: Deployed) -> None:
    said = deployed.after("verify-audit")
    assert "0 broken" in said
    assert "store: sound" in said
    restored = deployed.machine.place.root / "var" / "tmp" / "tried" / "store"
    assert [file for file in restored.rglob("*") if file.is_file()] != []


def test_a_machine_that_was_lost_goes_on_from_the_backup(deployed: Deployed) -> None:
    said = deployed.after("zhengzhao.empty")
    assert re.search(r"\b([1-9]\d*) of \1 pictures", said), said
    assert '"ready":true' in said
    assert log_in(deployed.machine.place, "010126000001", people.PASSWORD).status == 302


def test_pictures_that_are_kept_elsewhere_belong_to_the_server_too(deployed: Deployed, tmp_path: Path) -> None:
    file = deployed.machine.place.root / "etc" / "zhengzhao.env"
    usual, store = file.read_text(), tmp_path / "pictures"
    [newest] = sorted((deployed.machine.place.root / "backup" / "zhengzhao").glob("*.zzb"))[-1:]
    file.write_text(f"{usual}STORE_URL=file://{store}\n")
    try:
        done = deployed.machine.restore(str(newest), DATA_DIR=str(tmp_path / "data"))
    finally:
        file.write_text(usual)
    assert done.returncode == 0, done.stderr
    assert f"-R zhengzhao: {store}" in (deployed.machine.place.root / "run" / "chown").read_text().splitlines()


def test_it_stops_in_order(deployed: Deployed) -> None:
    assert deployed.machine.stop("zhengzhao") == 0
    assert "Traceback" not in deployed.machine.journal()

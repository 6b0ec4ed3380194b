"""Secrets are planted wherever a log line may carry them, then looked for."""

from __future__ import annotations

import io
import json
import logging
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base.logs import logger_of
from app.base.redact import redact
from app.base.tokens import Tokens
from tests.house.tree import ROOT

TOKEN = Tokens(["k" * 32], "pairing").make()
PLANTED = {
    "signed token": TOKEN,
    "random text": "mZ7Qk2vYb1sT9xR4wP0dLg",
    "identity number": "44010419990412000X",
    "identity number, small x": "44010419990412000x",
    "permit": "H00000003",
    "mobile number": "13800138000",
    "mobile number with its country": "+8613800138000",
    "mobile number in groups": "138 0013 8000",
    "store key": "MTExMTExMTExMTExMTExMTExMTExMTExMTExMTExMTE=",
    "password hash": "$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHQ$RdescudvJCsgt3ub+b4dWRWJTmaaObG",
}
PLACES = [
    "{}",
    "candidate {} asked",
    "号码{}。",
    "id={}&x=1",
    "('{}',)",
    '{{"a": "{}"}}',
    "{},{}",
    r"'\n{}'",
    "a%3D{}",
    "a\n{}",
]
PASSWORDS = [
    "password=zikao-demo",
    "{'password': 'zikao-demo'}",
    '{"password":"zikao-demo"}',
    "ImmutableMultiDict([('password', 'zikao-demo')])",
    "wrong password 'zikao-demo'",
    "密码：zikao-demo",
    "new_password = zikao-demo",
    "SECRET_KEY: zikao-demo",
    "Cookie: theme=dark; phone=zikao-demo; x=y",
    "Set-Cookie: __Host-phone=zikao-demo; Path=/; HttpOnly",
    "{'Cookie': 'session=zikao-demo'}",
    "('Cookie', 'session=zikao-demo')",
    "Authorization: Bearer zikao-demo",
    "theme=dark; phone=zikao-demo",
    "GET /m?token=zikao-demo&x=1",
]
HARMLESS = [
    "GET /m/captures/" + "0a1b2c3d" * 8 + " 201 in 12.5 ms, 312345 bytes",
    'File "/srv/zhengzhao/app/base/store.py", line 71, in put',
    "app.base.store.LocalStore.put_an_unusually_long_name_of_something",
    "2026-11-22T15:43:33.123456+00:00",
    "A050226 商务英语(专科), application 1234567890",
    "YieldedInsideTransaction: a transaction waited, or was nested",
    "the phone: connected; session 17 of candidate 5; store: file:///srv/store",
    "0.123456 s, port 5443, 192.168.100.200",
]


SAY = """
import logging, pathlib, sys
from app.base.logs import set_up
set_up(*map(pathlib.Path, sys.argv[1:]))
logging.info("a request")
logging.warning("a full disk")
"""


@pytest.mark.parametrize("given", [[], ["kept/of.log"]], ids=["stderr", "file"])
def test_with_a_file_only_what_warns_stands_on_stderr_too(tmp_path: Path, given: list[str]) -> None:
    command = [sys.executable, "-c", SAY, *given]
    said = subprocess.run(
        command, cwd=tmp_path, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=True
    )
    assert ("a request" in said.stderr) is not bool(given)
    assert "a full disk" in said.stderr
    for file in given:
        assert [json.loads(line)["level"] for line in (tmp_path / file).read_text().splitlines()] == ["INFO", "WARNING"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_log_that_cannot_be_written_says_nothing_on_stderr(tmp_path: Path) -> None:
    (tmp_path / "of.log").symlink_to("/dev/full")
    command = [sys.executable, "-c", SAY, str(tmp_path / "of.log")]
    said = subprocess.run(command, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=True)
    assert "Traceback" not in said.stderr


@pytest.mark.parametrize("secret", PLANTED.values(), ids=PLANTED)
@pytest.mark.parametrize("place", PLACES)
def test_a_secret_is_masked_wherever_it_stands(place: str, secret: str) -> None:
    assert secret.removeprefix("+86") not in redact(place.format(secret, secret))


@pytest.mark.parametrize("text", PASSWORDS)
def test_what_stands_beside_a_secret_name_is_masked(text: str) -> None:
    assert "zikao-demo" not in redact(text)


@pytest.mark.parametrize("text", HARMLESS)
def test_what_a_reader_of_logs_needs_stays(text: str) -> None:
    assert redact(text) == text


@pytest.mark.parametrize("place", PLACES)
def test_an_exam_number_keeps_its_last_three_digits(place: str) -> None:
    shown = redact(place.format("010126000019", "010126000019"))
    assert "010126000" not in shown
    assert "***019" in shown


@given(st.binary(min_size=32, max_size=48), st.sampled_from(PLACES))
def test_signed_tokens_of_any_content_are_masked(seed: bytes, place: str) -> None:
    token = Tokens([seed.hex()], "pairing").make()
    assert token.rpartition(".")[2] not in redact(place.format(token, token))


@pytest.mark.parametrize("secret", PLANTED.values(), ids=PLANTED)
def test_nothing_planted_reaches_the_log(written: io.StringIO, secret: str) -> None:
    logger = logging.getLogger("planted")
    try:
        raise ValueError(f"cannot use {secret}\n{secret}") from KeyError(secret)
    except ValueError:
        logger.exception("refused %s", secret)
    logger.warning("with %r", {"number": secret})
    logger.error("here", stack_info=True)
    with_fields = logger_of("planted")
    with_fields.error(path=f"/x/{secret}", number=secret, stack_info=True)
    try:
        raise ValueError(secret)
    except ValueError:
        with_fields.exception("refused", number=secret, all=[secret])
    assert secret not in written.getvalue()
    lines = [json.loads(text) for text in written.getvalue().splitlines()]
    assert len(lines) == 5
    assert ["trace" in each for each in lines] == [True, False, True, True, True]


def test_a_request_is_one_line_with_its_fields(written: io.StringIO) -> None:
    logger_of("planted").error(id="abc", method="GET", status=200, ms=1.5, bytes=None)
    [text] = written.getvalue().splitlines()
    found = json.loads(text)
    assert {key: found[key] for key in ("id", "method", "status", "ms")} == {
        "id": "abc",
        "method": "GET",
        "status": 200,
        "ms": 1.5,
    }
    assert (found["level"], found["logger"], "bytes" in found) == ("ERROR", "planted", False)


def test_a_message_cannot_begin_a_new_line(written: io.StringIO) -> None:
    logging.getLogger("planted").error('first\n{"level": "INFO"}')
    [text] = written.getvalue().splitlines()
    assert json.loads(text)["message"] == 'first\n{"level": "INFO"}'


def test_a_broken_brace_is_a_message(written: io.StringIO) -> None:
    logging.getLogger("planted").error("{not json")
    assert json.loads(written.getvalue())["message"] == "{not json"


def test_a_message_in_the_form_of_a_line_is_no_more_than_a_message(written: io.StringIO) -> None:
    logging.getLogger("planted").error('{"level": "INFO", "logger": "somebody else"}')
    found = json.loads(written.getvalue())
    assert (found["level"], found["logger"]) == ("ERROR", "planted")
    assert found["message"] == '{"level": "INFO", "logger": "somebody else"}'


def test_numbers_of_people_are_masked_as_numbers_too(written: io.StringIO) -> None:
    logger_of("planted").error(number=440104199904120001, count=17)
    found = json.loads(written.getvalue())
    assert (found["number"], found["count"]) == ("***", 17)

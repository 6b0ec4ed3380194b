"""Nothing that was typed turns a line of the log around, hides in it, or is obeyed by a terminal."""

from __future__ import annotations

import io
import json
import logging
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from app.base.escaping import UNSEEN, plain
from app.base.logs import to_stream
from app.imaging.commands import inspect
from tests.world import World

# What a terminal obeys, what turns a line around, what nobody sees; and what it becomes.
UNSEEN_ONES = {
    "\x1b[2J": r"\u001b[2J",
    "\x9b2J": r"\u009b2J",
    "\x7f": r"\u007f",
    "\x85": r"\u0085",
    "\u202e": r"\u202e",
    "\u2066": r"\u2066",
    "\u200b": r"\u200b",
    "\ufeff": r"\ufeff",
    "\u2028": r"\u2028",
    "\u2029": r"\u2029",
    "\ue000": r"\ue000",
    "\udc9b": r"\udc9b",
    "\U000e0041": r"\udb40\udc41",
}


def logged(say: Callable[[logging.Logger], None]) -> str:
    stream, logger = io.StringIO(), logging.Logger("typed")  # without parents: what it says is for nobody else
    handler = to_stream(stream)
    logger.addHandler(handler)
    say(logger)
    logger.removeHandler(handler)
    return stream.getvalue()


@pytest.mark.parametrize("typed", UNSEEN_ONES, ids=ascii)
def test_in_a_line_it_is_escaped_and_read_back_as_it_was(typed: str) -> None:
    def say(logger: logging.Logger) -> None:
        logger.warning("/毕业%s", typed)
        try:
            raise ValueError(typed)
        except ValueError:
            logger.exception("refused %s", typed)

    first, second = logged(say).splitlines()
    assert UNSEEN_ONES[typed] in first
    assert "毕业" in first
    assert json.loads(first)["message"] == f"/毕业{typed}"
    assert second.count(UNSEEN_ONES[typed]) >= 2, "in the message and in the traceback"
    assert not [each for each in first + second if unicodedata.category(each) in UNSEEN]


def test_what_can_be_seen_stays() -> None:
    for text in ("张三 Zhāng，Ω é 🎓 　全角", "a b\u00a0c", ""):
        assert plain(text) == text


def test_every_character_of_python_comes_out_visible() -> None:
    every = "".join(map(chr, range(sys.maxunicode + 1)))
    assert not [each for each in plain(every) if unicodedata.category(each) in UNSEEN]


def test_the_path_of_a_request_is_escaped_in_its_line(world: World) -> None:
    written = logged_of_requests(world, "/%E6%AF%95%E4%B8%9A%E2%80%AE%C2%9B%1B")
    assert r"/毕业\u202e\u009b\u001b" in written


def logged_of_requests(world: World, path: str) -> str:
    stream, logger = io.StringIO(), logging.getLogger("zhengzhao.requests")
    handler, level = to_stream(stream), logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    world.visitor().get(path)
    logger.removeHandler(handler)
    logger.setLevel(level)
    return stream.getvalue()


def test_the_name_of_a_file_that_cannot_be_opened_is_escaped(tmp_path: Path) -> None:
    told = CliRunner().invoke(inspect, [str(tmp_path / "毕业\u202egpj.\x9b2J")])
    assert told.exit_code == 2
    assert r"毕业\u202egpj.\u009b2J: No such file" in told.stderr
    assert r"毕业\u202egpj.\u009b2J" in told.stdout
    assert json.loads(told.stdout)["file"].endswith("毕业\u202egpj.\x9b2J")

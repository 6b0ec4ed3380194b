"""Whatever is sent from elsewhere is answered in order, and changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.parent.model import Launched, ParentRequest
from app.parent.rules import LAUNCH, Rejected, read_launch, read_rows, read_signature
from tests.parent.signing import KEYS_TEXT, call
from tests.world import World

FIELDS = st.dictionaries(st.sampled_from([*LAUNCH, "other"]), st.text(max_size=80), max_size=7)
LEAVES = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=10)
SAID = st.recursive(LEAVES, lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=10), inner), max_leaves=20)
LENIENT = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    made = World(tmp_path_factory.mktemp("any"), parent_keys=KEYS_TEXT)
    yield made
    made.close()


@LENIENT
@given(FIELDS)
def test_any_form(world: World, fields: dict[str, str]) -> None:
    answer = world.app.test_client().post("/launch", base_url=world.origin, data=fields)
    assert (answer.status_code, answer.headers.getlist("Set-Cookie")) == (303, [])
    assert answer.location.startswith("/launch?told=")
    assert world.rows(Launched) == []


@LENIENT
@given(st.text(max_size=30), st.text(st.characters(max_codepoint=255, exclude_characters="\r\n"), max_size=120))
def test_any_header(world: World, request_id: str, header: str) -> None:
    sent = {"Zhengzhao-Request": request_id.encode("ascii", "ignore").decode().replace("\r", "").replace("\n", "")}
    answer = world.app.test_client().post(
        "/parent/results", base_url=world.origin, data=b"{}", headers=sent | {"Zhengzhao-Signature": header}
    )
    assert answer.status_code in (400, 401)


@LENIENT
@given(SAID | st.builds(lambda rows: {"rows": rows}, st.lists(SAID, max_size=3)))
def test_any_json_that_is_signed(world: World, said: object) -> None:
    answer = call(world, "/parent/candidates", said, f"request-{len(world.rows(ParentRequest))}")
    assert answer.status_code in (202, 400, 413)


@given(st.binary(max_size=200))
def test_any_bytes_are_rows_or_rejected(body: bytes) -> None:
    with suppress(Rejected):
        assert read_rows(body)


@given(st.dictionaries(st.sampled_from(list(LAUNCH)), st.text(max_size=70)), st.text(max_size=120))
def test_any_text_is_a_launch_and_a_signature_or_rejected(fields: dict[str, str], header: str) -> None:
    with pytest.raises(Rejected):
        read_signature(header)
    with pytest.raises(Rejected):
        read_launch(fields)

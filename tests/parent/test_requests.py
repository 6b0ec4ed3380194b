"""Candidates and results as JSON: signed, bounded, once for each id, all of them or none and why."""

from __future__ import annotations

from typing import Any

import pytest
from werkzeug.test import TestResponse

from app.http.provided import provided_by
from app.http.slices import Slices
from app.identity.model import Candidate
from app.jobs.model import Job
from app.jobs.runner import Runner
from app.parent.model import ParentRequest
from app.parent.rules import MOST_BYTES, MOST_ROWS, REQUEST_LIFE, REQUESTS_KEPT
from app.study.model import Score
from tests import people
from tests.parent.signing import call
from tests.together import at_once
from tests.world import NewWorld, World

PERSON = {
    "exam_number": "010126000777",
    "name": "陈思远",
    "sex": "女",
    "born_on": "1999-04-12",
    "id_type": "居民身份证",
    "id_number": "44010419990412000X",
    "level": "专科",
    "major": "A050226 商务英语(专科)",
    "programme_university": "619 广东外语外贸大学",
    "examining_university": "619 广东外语外贸大学",
}
RESULT = {"code": "00794", "name": "综合英语（一）", "score": "76", "taken_in": "202404"}


def work(world: World) -> None:
    """The process of long work does what waits."""
    jobs = provided_by(world.app).get(Slices).works
    runner = Runner(world.dependencies.db, world.clock, jobs)
    with world.app.app_context():
        while runner.run_next():
            pass


def error(answer: TestResponse) -> tuple[int, str]:
    return answer.status_code, answer.get_json()["error"]["code"]


def became(world: World, request_id: str = "request-1") -> dict[str, Any]:
    """What the parent system hears when it asks."""
    return dict(call(world, f"/parent/requests/{request_id}", None, request_id, "GET").get_json())


def test_candidates_and_their_results_come_in(world: World) -> None:
    answer = call(world, "/parent/candidates", {"rows": [PERSON]})
    assert (answer.status_code, answer.get_json()["state"]) == (202, "waiting")
    work(world)
    said = became(world)
    assert (said["state"], said["counts"]["new"], said["findings"]) == ("done", 1, [])
    [person] = world.rows(Candidate)
    assert (person.exam_number, person.name, person.password_hash) == ("010126000777", "陈思远", "")
    call(world, "/parent/results", {"rows": [RESULT | {"exam_number": person.exam_number}]}, "request-2")
    work(world)
    assert became(world, "request-2")["counts"]["new"] == 1
    [score] = world.rows(Score)
    assert (score.candidate_id, score.score) == (person.id, "76")


def test_one_wrong_row_keeps_all_out_and_each_is_told(world: World) -> None:
    wrong = PERSON | {"exam_number": "010126000778", "id_number": "4.40104E+17", "sex": "x"}
    call(world, "/parent/candidates", {"rows": [PERSON, wrong, PERSON | {"exam_number": ""}]})
    work(world)
    said = became(world)
    assert said["state"] == "refused"
    told = {(each["row"], each["field"]) for each in said["findings"]}
    assert told == {(2, "id_number"), (2, "sex"), (3, "exam_number")}
    assert all(each["reason"] and "%(" not in each["reason"] for each in said["findings"])
    assert world.rows(Candidate) == []


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([PERSON | {"password": "x"}], (1, "password")),
        ([{"exam_number": "010126000777"}], (0, "")),
    ],
)
def test_fields_that_we_do_not_know_and_those_that_lack_are_told(
    world: World, rows: list[dict[str, str]], told: tuple[int, str]
) -> None:
    call(world, "/parent/candidates", {"rows": rows})
    work(world)
    [finding] = became(world)["findings"]
    assert (finding["row"], finding["field"]) == told
    assert world.rows(Candidate) == []


def test_the_same_request_is_done_once_however_often_it_comes(world: World) -> None:
    answers = at_once(*(lambda: call(world, "/parent/candidates", {"rows": [PERSON]}) for _each in range(4)))
    assert {answer.status_code for answer in answers} == {202}
    assert len(world.rows(Job)) == len(world.rows(ParentRequest)) == 1
    work(world)
    again = call(world, "/parent/candidates", {"rows": [PERSON]})
    assert (again.status_code, again.get_json()["state"]) == (200, "done")
    assert len(world.rows(Job)) == 1


@pytest.mark.parametrize(
    ("path", "rows"), [("/parent/candidates", [PERSON | {"name": "李"}]), ("/parent/results", [PERSON])]
)
def test_another_content_under_the_same_id_is_refused(world: World, path: str, rows: list[dict[str, str]]) -> None:
    call(world, "/parent/candidates", {"rows": [PERSON]})
    assert error(call(world, path, {"rows": rows})) == (409, "conflict")


def test_each_key_has_ids_of_its_own(world: World) -> None:
    call(world, "/parent/candidates", {"rows": [PERSON]})
    assert error(call(world, "/parent/requests/request-1", None, "request-1", "GET", key="p2")) == (
        404,
        "unknown_request",
    )
    assert call(world, "/parent/candidates", {"rows": [PERSON]}, key="p2").status_code == 202


def test_rows_are_sealed_and_gone_once_they_are_taken_over(world: World) -> None:
    call(world, "/parent/candidates", {"rows": [PERSON]})
    assert b"44010419990412000X" not in (world.folder / "zhengzhao.db").read_bytes()
    [request] = world.rows(ParentRequest)
    assert request.rows
    work(world)
    [request] = world.rows(ParentRequest)
    assert request.rows is None


def test_requests_are_forgotten_after_a_month(world: World) -> None:
    call(world, "/parent/candidates", {"rows": [PERSON]})
    work(world)
    world.clock.move(REQUESTS_KEPT.total_seconds() + 1)
    call(world, "/parent/candidates", {"rows": [PERSON]}, "request-2")
    assert [each.request_id for each in world.rows(ParentRequest)] == ["request-2"]


@pytest.mark.parametrize(
    ("said", "status", "code"),
    [
        (b"", 400, "malformed"),
        (b"{", 400, "malformed"),
        (b"\xff", 400, "malformed"),
        ([], 400, "malformed"),
        ({"rows": []}, 400, "malformed"),
        ({"rows": [PERSON], "more": 1}, 400, "malformed"),
        ({"rows": [[]]}, 400, "malformed"),
        ({"rows": [{"name": 1}]}, 400, "malformed"),
        ({"rows": [{str(number): "" for number in range(61)}]}, 400, "malformed"),
        (b'{"rows":' + b"[" * 5000 + b"]" * 5000 + b"}", 400, "malformed"),
        (b'{"rows":[{"name":"\\ud800"}]}', 400, "malformed"),
        (b'{"rows":[{"\\udfff":"x"}]}', 400, "malformed"),
        (b'{"rows":[{"name":"a","name":"b"}]}', 400, "malformed"),
        (b'{"rows":[{"name":"a"}],"rows":[{"name":"b"}]}', 400, "malformed"),
        (b'{"rows":[{"name":NaN}]}', 400, "malformed"),
        ({"rows": [{}] * (MOST_ROWS + 1)}, 413, "too_many_rows"),
        (b'{"rows":["' + b"x" * MOST_BYTES + b'"]}', 413, "too_large"),
    ],
)
def test_what_is_no_list_is_refused(world: World, said: object, status: int, code: str) -> None:
    assert error(call(world, "/parent/candidates", said)) == (status, code)
    assert world.rows(ParentRequest) == []


@pytest.mark.parametrize(
    ("header", "value", "code"),
    [
        ("Zhengzhao-Signature", None, "malformed"),
        ("Zhengzhao-Signature", "key=p1,time=1,mac=0", "malformed"),
        ("Zhengzhao-Signature", f"key=p1,time=1764000000,mac={'0' * 64}", "bad_signature"),
        ("Zhengzhao-Signature", f"key=p9,time=1764000000,mac={'0' * 64}", "unknown_key"),
        ("Zhengzhao-Request", None, "malformed"),
        ("Zhengzhao-Request", "request-2", "bad_signature"),
        ("Zhengzhao-Request", "short", "malformed"),
    ],
)
def test_whoever_has_not_signed_it_is_refused(world: World, header: str, value: str | None, code: str) -> None:
    answer = call(world, "/parent/candidates", {"rows": [PERSON]}, changed={header: value})
    assert error(answer) == ({"malformed": 400}.get(code, 401), code)


@pytest.mark.parametrize(("off", "code"), [(-REQUEST_LIFE - 5, "too_old"), (20, "ahead")])
def test_clocks_that_differ_are_told_by_how_much(world: World, off: int, code: str) -> None:
    world.clock.move(off)
    at = world.clock.now()
    world.clock.move(-off)
    answer = call(world, "/parent/candidates", {"rows": [PERSON]}, at=at)
    assert error(answer) == (401, code)
    assert answer.get_json()["error"]["seconds"] == abs(off)


def test_without_keys_nobody_may_send_anything(new_world: NewWorld) -> None:
    world = new_world("alone")
    assert error(call(world, "/parent/candidates", {"rows": [PERSON]})) == (401, "unknown_key")


def test_a_candidate_of_ours_keeps_the_password(world: World) -> None:
    person = world.add(people.candidate(exam_number=PERSON["exam_number"]))
    call(world, "/parent/candidates", {"rows": [PERSON]})
    work(world)
    assert world.rows(Candidate)[0].password_hash == person.password_hash

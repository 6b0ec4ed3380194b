"""The people of a random walk, each with a browser, and all that they may try: at any time, allowed or not."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterator
from contextlib import suppress

from werkzeug.test import TestResponse

from app.application.model import Application
from app.application.terms import VERSION
from app.application.workflow import Status
from app.base.errors import Refused
from app.exports.refusal_actions import refuse_outside
from app.identity.model import Office
from app.register.rules import Outcome
from tests import people, records
from tests.documents.wanted import PaperPhone
from tests.documents.wanted import part as form_part
from tests.page import filled_in
from tests.procedure import MONTH, FakeRegister, open_batch, open_offices
from tests.review.waiting import office
from tests.world import World, picture

KINDS = {"card": {}, "passport": {"id_type": "普通护照", "id_number": "E12345678"}}
ITEMS = ("portrait", "front", "back", "holding")
SLOTS = ITEMS[1:]
REASONS = {"portrait": "old_photo", "front": "unreadable", "back": "unreadable", "holding": "unreadable"}
PLACES = {"guangzhou": "440104", "shenzhen": "440305"}


class Walkers:
    """A world with two candidates, two city offices, the province, and a reviewer who is one of the candidates."""

    def __init__(self, world: World) -> None:
        self.world, self._seeds = world, itertools.count(1)
        self.register = FakeRegister(Outcome.MATCH)
        open_offices(world)
        open_batch(world)
        self.candidates = {
            name: records.ready(world, world.add(people.candidate(**fields))) for name, fields in KINDS.items()
        }
        self.desks = {name: world.newcomer(person) for name, person in self.candidates.items()}
        offices = {row.code: row for row in world.rows(type(office(world, "province", "省考办", city="")))}
        kin = {"id_number": self.candidates["card"].id_number}
        members = {
            "guangzhou": ("guangzhou", {}),
            "shenzhen": ("shenzhen", {}),
            "kin": ("guangzhou", kin),
            "province": ("province", {}),
        }
        self.staff = {
            name: world.add(people.reviewer(office=offices[code], **fields)) for name, (code, fields) in members.items()
        }
        self.operator = world.add(people.operator())
        self.officers = {name: world.visitor(person) for name, person in self.staff.items()}

    def application(self, who: str) -> Application | None:
        """The newest application of this candidate, None before there is one."""
        rows = self.world.rows(Application, candidate_id=self.candidates[who].id)
        return rows[-1] if rows else None

    def apply(self, who: str, place: str) -> TestResponse:
        """申请, with the form or without."""
        desk = self.desks[who]
        desk.go("/apply")
        return desk.post("/apply", {"batch": MONTH, "place": PLACES[place], "phone": "13800138000"})

    def withdraw(self, who: str) -> TestResponse:
        self.desks[who].go("/apply")
        return self.desks[who].post("/apply/withdraw")

    def photograph(self, who: str) -> TestResponse:
        """From the tick to the picture, with whatever of it is possible; the last answer."""
        desk, phone = self.desks[who], PaperPhone(self.world.app, self.world.origin)
        version = self._fields(who, "/apply/capture").get("version", "")
        desk.post("/apply/capture/consent", {"agree": "yes", "version": version})
        desk.post("/apply/capture/informed")
        code = desk.code()
        if code.status_code != 200:
            return code
        phone.claim(code.get_json()["url"].partition("#")[2])
        phone.confirm()
        return phone.send(picture(next(self._seeds)))

    def hand_over(self, who: str) -> TestResponse:
        """我已摄像完成，下一步."""
        sha256 = self._fields(who, "/apply/capture").get("sha256", "")
        return self.desks[who].post("/apply/capture/hand-over", {"sha256": sha256})

    def document(self, who: str, slot: str) -> TestResponse:
        """A file for one slot."""
        desk, path = self.desks[who], f"/apply/documents/{slot}"
        desk.go("/apply")
        desk.post("/apply/documents/consent", {"agree": "yes", "version": VERSION})
        body = form_part('name="csrf"', desk.csrf().encode())
        body += form_part('name="file"; filename="a.jpg"\r\nContent-Type: image/jpeg', picture(next(self._seeds)))
        return desk.client.post(
            path,
            base_url=desk.origin,
            data=body + b"--cut--\r\n",
            content_type="multipart/form-data; boundary=cut",
            headers={"Origin": desk.origin},
        )

    def submit_documents(self, who: str) -> TestResponse:
        """提交身份证附件."""
        seen = self._fields(who, "/apply/documents").get("seen", "")
        return self.desks[who].post("/apply/documents/submit", {"seen": seen})

    def decide(self, officer: str, who: str, rejected: Collection[str]) -> TestResponse:
        """通过 for all that is open, but 不通过 for these items; with the page's own form where it has one."""
        visitor, application = self.officers[officer], self.application(who)
        if application is None:
            visitor.go("/review")
            return visitor.get("/review")
        answer = visitor.get(f"/review/{application.tag}")
        if answer.status_code != 200:
            visitor.go("/review")
            return visitor.post(f"/review/{application.tag}/decide", {"status": application.status, "submit": "yes"})
        fields = {"status": application.status, "submit": "yes"}
        fields |= {
            name: value
            for form in visitor.page.all("form")
            for name, value in filled_in(form).items()
            if name.startswith("sha256.")
        }
        for item in [name.removeprefix("sha256.") for name in fields if name.startswith("sha256.")]:
            fields[f"choice.{item}"] = "reject" if item in rejected else "approve"
            fields |= {f"reason.{item}": REASONS[item]} if item in rejected else {}
        return visitor.post(f"/review/{application.tag}/decide", fields)

    def refuse_outside(self, who: str) -> None:
        """A list of refusals names this candidate; of those who are not approved it does nothing."""
        application, now = self.application(who), self.world.clock.now()
        if application is None:
            return
        with suppress(Refused), self.world.dependencies.db.writing() as db:
            refuse_outside(db, db.get_one(Application, application.id), "头部过大", self.operator.id, now)

    def undo(self, officer: str) -> TestResponse:
        """撤销, if the page offers it."""
        visitor = self.officers[officer]
        page = visitor.go("/review")
        acts = [each.attrib["value"] for each in page.all("input") if each.get("name") == "act"]
        return visitor.post("/review/undo", {"act": acts[0] if acts else "none"})

    def go_on(self, who: str, rejected: Collection[str], outcome: Outcome, meddler: str) -> Iterator[TestResponse]:
        """What has to be done next, by whoever's turn it is, after somebody else has tried; the answers."""
        application = self.application(who)
        yield self.decide(meddler, who, rejected)
        match application.status if application and not application.closed_at else Status.FORM:
            case Status.FORM | Status.READY:
                yield self.apply(who, "guangzhou")
            case Status.REGISTER_CHECK:
                self.register.answers = [outcome]
                self.world.clock.move(seconds=1801)
                yield self.desks[who].get("/apply")
            case Status.CAPTURE:
                yield self.photograph(who)
                yield self.hand_over(who)
            case Status.DOCUMENTS:
                yield from [self.document(who, slot) for slot in SLOTS]
                yield self.submit_documents(who)
            case status if "PROVINCE" in status:
                yield self.decide("province", who, rejected)
            case status if "REVIEW" in status:
                assert application
                code = next(each.code for each in self.world.rows(Office, id=application.office_id))
                yield self.decide(code, who, rejected)

    def _fields(self, who: str, path: str) -> dict[str, str]:
        """What the forms of a page hold; nothing where the page only leads elsewhere."""
        desk = self.desks[who]
        desk.go("/apply")
        if desk.get(path).status_code != 200:
            return {}
        return {name: value for form in desk.page.all("form") for name, value in filled_in(form).items()}

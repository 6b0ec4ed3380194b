"""Candidates of whom pictures of a document are wanted, put there by rows."""

from __future__ import annotations

import hashlib

from werkzeug.test import TestResponse

from app.application.model import PAPERS, Application, Consent
from app.application.terms import VERSION
from app.application.workflow import Status
from app.identity.model import Candidate
from tests import people
from tests.page import Page
from tests.people import Field
from tests.visitors import Desk, Phone, announcement
from tests.world import World, picture

SLOTS = ("front", "back", "holding")
PASSPORT = "普通护照"


def application(
    world: World, person: Candidate, status: Status = Status.DOCUMENTS, consented: bool = True
) -> Application:
    """The person's application, standing there."""
    at = world.clock.now()
    row = Application(
        tag=f"tag of {person.id}",
        candidate_id=person.id,
        status=status,
        applied_at=at,
        status_since=at,
        consented_at=at if consented else None,
    )
    return world.add(row)


def agree(world: World, row: Application) -> None:
    """The consent to pictures of documents is there."""
    at = world.clock.now()
    world.add(Consent(application_id=row.id, version=VERSION, text_hash="", place=PAPERS, given_at=at))


def desk_of(world: World, consented: bool = True, agreed: bool = True, **person: Field) -> PaperDesk:
    """The dialog on the PC of somebody new. `consented`: to the portrait; `agreed`: to pictures of documents."""
    somebody = world.add(people.candidate(**person))
    row = application(world, somebody, consented=consented)
    if agreed:
        agree(world, row)
    desk = PaperDesk(world.app, world.origin)
    desk.log_in(somebody)
    desk.look()
    return desk


class PaperDesk(Desk):
    """A PC that shows the documents dialog."""

    def look(self, **asked: bool) -> Page:
        """The dialog as it is now."""
        return self.go("/apply/documents" + ("?phone=1" if asked else ""))

    def choose(
        self, slot: str, body: bytes, name: str = "card.jpg", kind: str = "image/jpeg", json: bool = False
    ) -> TestResponse:
        """A file for a slot, as the form without scripts (or the script) sends it; the bare answer."""
        file = part(f'name="file"; filename="{name}"\r\nContent-Type: {kind}', body)
        form = part('name="csrf"', self.csrf().encode()) + file + b"--cut--\r\n"
        headers = {"Origin": self.origin} | ({"Accept": "application/json"} if json else {})
        path, written = f"/apply/documents/{slot}", "multipart/form-data; boundary=cut"
        sent = self.client.post(path, base_url=self.origin, data=form, content_type=written, headers=headers)
        return self._keep(path, sent)

    def fill(self, *slots: str) -> Page:
        """The tick, and a different picture in each of these slots; the dialog afterwards."""
        self.post("/apply/documents/consent", {"agree": "yes", "version": VERSION})
        for number, slot in enumerate(slots or SLOTS):
            assert self.choose(slot, picture(number)).status_code == 303
        return self.look()


class PaperPhone(Phone):
    """A phone that sends documents."""

    def send_to(self, slot: str, body: bytes, kind: str = "image/jpeg", **headers: str | None) -> TestResponse:
        return self.call("POST", f"/m/documents/{slot}", body, None, **announcement(body, kind) | headers)

    def slots(self) -> dict[str, str]:
        """What the state says: slot → state."""
        return {each["slot"]: each["state"] for each in self.state().get_json()["documents"]["slots"]}


def paired(world: World, **person: Field) -> tuple[PaperDesk, PaperPhone]:
    """A PC and the phone that has scanned its documents' code and confirmed."""
    desk, phone = desk_of(world, True, False, **person), PaperPhone(world.app, world.origin)
    desk.look(phone=True)
    assert phone.claim(desk.token()).status_code == 200
    assert phone.confirm().status_code == 200
    return desk, phone


def part(what: str, body: bytes) -> bytes:
    """One field of a form, as browsers write it."""
    return f"--cut\r\nContent-Disposition: form-data; {what}\r\n\r\n".encode() + body + b"\r\n"


def name(body: bytes) -> str:
    """What a picture is called."""
    return hashlib.sha256(body).hexdigest()

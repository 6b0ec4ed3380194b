"""The machine after docs/deploy.md was typed into it."""

from __future__ import annotations

from http.client import HTTPResponse
from pathlib import Path

from app.base.database import Database
from bench.people import arrive
from tests import people
from tests.deploy import units
from tests.deploy.document import Block
from tests.deploy.machine import Machine
from tests.deploy.visit import log_in, send
from tests.e2e.world import World
from tests.pictures import portrait_jpeg


class Deployed:
    """The machine after the whole document, what each block has said, and how people fared once nginx was there."""

    def __init__(self, root: Path) -> None:
        self.machine = Machine(root)
        self.said: dict[str, str] = {}
        self.login: HTTPResponse | None = None
        self.upload: tuple[HTTPResponse, str] | None = None

    def follow(self, block: Block) -> None:
        """Do what a block says."""
        if block.language == "nginx":
            self.machine.write_nginx(block.text)
        if block.language == "sh":
            self.said[block.text] = self.machine.type(block)
        if "reload nginx" in block.text:
            self.people_come()

    def people_come(self) -> None:
        """Somebody logs in, and a phone sends a portrait."""
        settings = units.settings_of(self.machine.place.root / "etc" / "zhengzhao.env")
        database = Database(f"sqlite:///{self.machine.place.kept}/zhengzhao.db")
        with database.writing() as db:
            person = people.candidate(exam_number="010126000001")
            db.add(person)
        database.engine.dispose()
        self.login = log_in(self.machine.place, people.login_name(person), people.PASSWORD)
        [arrived] = arrive(World(self.machine.place.kept, SECRET_KEY=settings["SECRET_KEY"]), 1)
        self.upload = send(self.machine.place, f"__Host-{arrived.phone}", portrait_jpeg(1200, 1600))

    def after(self, words: str) -> str:
        """What the block that holds these words has said."""
        [said] = [said for text, said in self.said.items() if words in text]
        return said

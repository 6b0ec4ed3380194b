"""Browsers at some address that try passwords."""

from __future__ import annotations

from werkzeug.test import TestResponse

from tests.page import Page, words
from tests.people import PASSWORD, Person, login_name
from tests.visitors import Visitor
from tests.world import World

HERE, THERE = "203.0.113.7", "198.51.100.9"


class Seconds:
    """A clock for the limiter that a test moves."""

    def __init__(self) -> None:
        self.passed = 1000.0

    def __call__(self) -> float:
        return self.passed


class Guesser(Visitor):
    """A visitor from some address; `like` another one, it begins with the login page that the other was shown."""

    def __init__(self, world: World, address: str = HERE, like: Visitor | None = None) -> None:
        super().__init__(world.app, world.origin)
        self.address_of_network = address
        if like:
            self.client.set_cookie("session", like.cookie("session") or "")

    def look(self) -> TestResponse:
        """The login page."""
        answer = self.client.get("/login", base_url=self.origin, environ_base={"REMOTE_ADDR": self.address_of_network})
        return self._keep("/login", answer)

    def guess(self, who: Person | str, password: str, **fields: str) -> TestResponse:
        """One try; `who` is a person, or what is typed as a name."""
        if not self.csrf():
            self.look()
        name = who if isinstance(who, str) else login_name(who)
        form = {
            "name": name.encode("utf-8", "surrogatepass"),
            "password": password.encode("utf-8", "surrogatepass"),
            "csrf": self.csrf(),
        }
        form |= {field: value.encode("utf-8", "surrogatepass") for field, value in fields.items()}
        return self.client.post(
            "/login",
            base_url=self.origin,
            data=form,
            headers={"Origin": self.origin},
            environ_base={"REMOTE_ADDR": self.address_of_network},
        )

    def enter(self, who: Person) -> None:
        """Log in, on a computer of one's own, and out again."""
        assert self.guess(who, PASSWORD).status_code == 302
        self.get("/terms")
        assert self.post("/logout").status_code == 302


def field_of(answer: TestResponse) -> str:
    """The words of the third field, empty without."""
    labels = [words(label) for label in Page(answer.text).all("label") if label.get("for") == "proof"]
    return labels[0] if labels else ""


def attacked(world: World, person: Person | str, times: int = 10, **fields: str) -> None:
    """So many wrong tries, each from somewhere else."""
    for n in range(times):
        Guesser(world, f"2001:db8:{n:x}::1").guess(person, "wrong", **fields)

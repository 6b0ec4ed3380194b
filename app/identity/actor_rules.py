"""Who acts: how somebody stands in the audit, who may take a step, what a member of staff is here for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """Who takes a step of the procedure. CITY and PROVINCE are also the levels of an office."""

    CANDIDATE = "candidate"
    REGISTER = "register"
    SERVER = "server"
    CITY = "city"
    PROVINCE = "province"
    OPERATOR = "operator"


class StaffRole(StrEnum):
    """What a member of staff may use: an office's pages, support's, or those of whoever runs the service."""

    OPERATOR = "operator"
    REVIEWER = "reviewer"
    SUPPORT = "support"


class ActorKind(StrEnum):
    """What may act: a person, a browser of theirs, or a machine."""

    CANDIDATE = "candidate"
    STAFF = "staff"
    LOGIN = "login"
    PAIRING = "pairing"
    PHONE = "phone"
    REGISTER = "register"
    SERVER = "server"


OF_SUPPORT = "support"


@dataclass(frozen=True)
class Actor:
    """Who did something. `of` tells one from others of its kind: an id, `support`, or empty where there is only one.

    `str()` writes what the audit keeps, such as `candidate:12` or `server`; `read` is its inverse. What was written is
    in chains: these words never change.
    """

    kind: ActorKind
    of: str = ""

    def __str__(self) -> str:
        return f"{self.kind}:{self.of}" if self.of else str(self.kind)

    @property
    def id(self) -> int | None:
        """The id of the row that it names, None when it names none."""
        return int(self.of) if self.of.isascii() and self.of.isdigit() else None

    @classmethod
    def read(cls, words: str) -> Actor | None:
        """The actor that was written so; None when these words are none."""
        kind, colon, of = words.partition(":")
        if kind not in set(ActorKind) or (colon and not of):
            return None
        return cls(ActorKind(kind), of)

    @classmethod
    def candidate(cls, candidate_id: int) -> Actor:
        """A candidate."""
        return cls(ActorKind.CANDIDATE, str(candidate_id))

    @classmethod
    def staff(cls, staff_id: int) -> Actor:
        """A member of staff."""
        return cls(ActorKind.STAFF, str(staff_id))

    @classmethod
    def login(cls, login_id: int | None) -> Actor:
        """A browser in which a candidate is logged in; None: support acts in its place."""
        return cls(ActorKind.LOGIN, str(login_id) if login_id else OF_SUPPORT)

    @classmethod
    def pairing(cls, pairing_id: int) -> Actor:
        """The phone that holds this pairing."""
        return cls(ActorKind.PAIRING, str(pairing_id))

    @classmethod
    def phone(cls) -> Actor:
        """A phone that has just claimed a pairing."""
        return cls(ActorKind.PHONE)

    @classmethod
    def register(cls) -> Actor:
        """The population register."""
        return cls(ActorKind.REGISTER)

    @classmethod
    def server(cls) -> Actor:
        """The application itself: what is over or lost, nobody has to end."""
        return cls(ActorKind.SERVER)

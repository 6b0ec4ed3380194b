"""What is typed on the pages of accounts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.accounts.staff_actions import Post
from app.accounts.staff_rules import checked_id_number, checked_login_name, checked_name, checked_role
from app.identity.rules import as_login_name
from app.identity.throttle import NAME_CHARACTERS, plain

MOST = 64  # characters of a code: nothing longer is one


@dataclass(frozen=True)
class NewPassword:
    """The current password and the new one, twice."""

    current: str = field(repr=False)
    new: str = field(repr=False)
    again: str = field(repr=False)

    @classmethod
    def of(cls, form: Mapping[str, str]) -> NewPassword:
        """As they were sent."""
        return cls(form.get("current", ""), form.get("new", ""), form.get("again", ""))


@dataclass(frozen=True)
class ForgottenPassword:
    """准考证号, the one-time code, what the throttle asks for, and the new password twice."""

    name: str
    code: str = field(repr=False)
    proof: str = field(repr=False)
    new: str = field(repr=False)
    again: str = field(repr=False)

    @classmethod
    def of(cls, form: Mapping[str, str]) -> ForgottenPassword:
        """As they were sent; a number may have spaces, a code may be in groups."""
        name, code, proof = (plain(form.get(each, "")) for each in ("name", "code", "proof"))
        return cls(name, code.replace("-", ""), proof, form.get("new", ""), form.get("again", ""))

    @property
    def fits(self) -> bool:
        """Whether this can be a try at all; what cannot is neither looked up nor counted."""
        lengths = 0 < len(self.name) <= NAME_CHARACTERS and 0 < len(self.code) <= MOST
        return lengths and len(self.proof) <= NAME_CHARACTERS and self.name.isprintable()


@dataclass(frozen=True)
class StaffForm:
    """Somebody's account as the console's form has it, nothing checked yet."""

    login_name: str = ""
    name: str = ""
    role: str = ""
    office_id: int = 0
    id_number: str = ""

    @classmethod
    def of(cls, form: Mapping[str, str]) -> StaffForm:
        """As it was sent."""
        office = form.get("office", "")
        return cls(
            form.get("login_name", ""),
            form.get("full_name", "").strip(),
            form.get("role", ""),
            int(office) if office.isascii() and office.isdigit() and len(office) < 10 else 0,
            form.get("id_number", "").strip(),
        )

    @property
    def checked_login(self) -> str:
        """The login name, or Refused."""
        return checked_login_name(as_login_name(self.login_name))

    def post(self, offices: frozenset[int]) -> Post:
        """What they are to be, or Refused; an office that is none of these is no office."""
        role = checked_role(self.role)
        name, number = checked_name(self.name), checked_id_number(self.id_number)
        return Post(name, role, self.office_id if self.office_id in offices else None, number)

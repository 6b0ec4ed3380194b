"""What is typed at the login."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.identity.passwords import LONGEST
from app.identity.rules import as_login_name
from app.identity.throttle import NAME_CHARACTERS, Proof, wrong_login


@dataclass(frozen=True)
class Typed:
    """The fields of the login page. `shared`: others use this computer too."""

    name: str
    password: str = field(repr=False)
    proof: str = field(default="", repr=False)
    shared: bool = False

    @classmethod
    def of(cls, form: Mapping[str, str]) -> Typed:
        """As they were sent; the name as it is kept."""
        return cls(
            as_login_name(form.get("name", "")),
            form.get("password", ""),
            form.get("proof", "").strip(),
            form.get("shared") == "yes",
        )

    @property
    def fits(self) -> bool:
        """Whether this can be a login at all; what cannot is neither looked up nor hashed, counted or kept."""
        lengths = 0 < len(self.name) <= NAME_CHARACTERS and 0 < len(self.password) <= LONGEST
        return lengths and len(self.proof) <= NAME_CHARACTERS and self.name.isprintable()

    def check(self) -> None:
        """Refused, in the words of a wrong login, when it cannot be one."""
        if not self.fits:
            raise wrong_login(Proof.NONE)

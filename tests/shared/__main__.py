"""`python -m tests.shared`: write phone-pack.json anew, after a change of the rules or of measuring.toml."""

from __future__ import annotations

import json
from pathlib import Path

from app.imaging.packs.pack import load

FILE = Path(__file__).with_name("phone-pack.json")


def phone_pack() -> str:
    """The default pack as JSON, as the phone gets it, without texts and hash."""
    pack = json.loads(json.dumps(load().for_phone()))
    for rule in pack["checks"].values():
        rule["advice"] = {}
    return json.dumps({name: value for name, value in pack.items() if name not in ("hash", "title")}, indent=1) + "\n"


if __name__ == "__main__":
    FILE.write_text(phone_pack(), "utf-8")

"""What is signed, byte for byte, and when it counts; without a database. The formats are in docs/integration.md."""

from __future__ import annotations

import hmac
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256

from app.base.json_values import Json, read_json

LAUNCH_LIFE = 60  # seconds
REQUEST_LIFE = 300  # seconds: a large body takes its time
AHEAD = 15  # seconds that the other side's clock may be ahead
TO_CONFIRM = timedelta(minutes=5)  # for 确认进入
LAUNCHES_KEPT = timedelta(days=1)  # longer than a launch counts: a nonce is never good twice
REQUESTS_KEPT = timedelta(days=30)
MOST_BYTES = 1 << 20
MOST_ROWS = 1000
MOST_FIELDS = 60
MOST_DETAIL = 120
KEY_ID = "[A-Za-z0-9]{1,16}"
SECONDS = "[0-9]{1,12}"
MAC = "[0-9a-f]{64}"
HEADER = re.compile(f"key=({KEY_ID}),time=({SECONDS}),mac=({MAC})", re.ASCII)
REQUEST_ID = re.compile(r"[A-Za-z0-9_-]{8,64}", re.ASCII)
LAUNCH = {
    "key": re.compile(KEY_ID),
    "candidate": re.compile("[0-9A-Za-z]{1,12}"),
    "time": re.compile(SECONDS),
    "nonce": re.compile("[A-Za-z0-9_-]{16,64}"),
    "next": re.compile(r"[\x20-\x7e]{0,200}"),
    "mac": re.compile(MAC),
}
Row = Mapping[str, str | None]


class Why(StrEnum):
    """Why something is not accepted; programs read these words, they never change."""

    MALFORMED = "malformed"
    UNKNOWN_KEY = "unknown_key"
    BAD_SIGNATURE = "bad_signature"
    TOO_OLD = "too_old"
    AHEAD = "ahead"
    REPLAYED = "replayed"
    UNKNOWN_CANDIDATE = "unknown_candidate"
    NOTHING_HERE = "nothing_here"
    TOO_MANY = "too_many_rows"
    CONFLICT = "conflict"
    UNKNOWN_REQUEST = "unknown_request"


class Rejected(Exception):
    """It is not accepted. `seconds` is how far the clocks, or the message, are off; `detail` is for the log."""

    def __init__(self, why: Why, seconds: int = 0, detail: str = "") -> None:
        super().__init__(why)
        self.why, self.seconds, self.detail = why, seconds, detail


@dataclass(frozen=True)
class Signature:
    """By which key something was signed, when (seconds since 1970), and the code."""

    key_id: str
    time: int
    mac: str


@dataclass(frozen=True)
class Launch:
    """Whom the parent system lets in, and where to; `nonce` makes it good for once."""

    signature: Signature
    candidate: str
    nonce: str
    destination: str

    @property
    def message(self) -> bytes:
        """What is signed: a line each."""
        signed = ("launch", self.signature.key_id, self.candidate, self.signature.time, self.nonce, self.destination)
        return "\n".join(map(str, signed)).encode()


def read_launch(fields: Mapping[str, str]) -> Launch:
    """The launch in a form's fields. Raises Rejected; what fits is not checked for its signature yet."""
    given = {name: fields.get(name, "") for name in LAUNCH}
    wrong = [name for name, pattern in LAUNCH.items() if not pattern.fullmatch(given[name])]
    if wrong:
        raise Rejected(Why.MALFORMED, detail=" ".join(wrong))
    signature = Signature(given["key"], int(given["time"]), given["mac"])
    if given["time"] != str(signature.time):
        raise Rejected(Why.MALFORMED, detail="time")
    return Launch(signature, given["candidate"], given["nonce"], given["next"])


def read_signature(header: str) -> Signature:
    """The signature in a request's header. Raises Rejected."""
    found = HEADER.fullmatch(header)
    if found is None:
        raise Rejected(Why.MALFORMED, detail="Zhengzhao-Signature")
    return Signature(found[1], int(found[2]), found[3])


def request_message(signature: Signature, method: str, path: str, request_id: str, body: bytes) -> bytes:
    """What is signed of a request: a line each, then the body as it is."""
    return f"request\n{method}\n{path}\n{signature.time}\n{request_id}\n".encode() + body


def check(signature: Signature, message: bytes, keys: Mapping[str, bytes], now: datetime, life: int) -> None:
    """Raises Rejected unless one of our keys has signed this, within `life` seconds, and not ahead of our clock."""
    key = keys.get(signature.key_id)
    if key is None:
        raise Rejected(Why.UNKNOWN_KEY)
    if not hmac.compare_digest(hmac.new(key, message, sha256).hexdigest(), signature.mac):
        raise Rejected(Why.BAD_SIGNATURE)
    age = int(now.timestamp()) - signature.time
    if age > life:
        raise Rejected(Why.TOO_OLD, age)
    if age < -AHEAD:
        raise Rejected(Why.AHEAD, -age)


def read_rows(body: bytes) -> list[Row]:
    """The rows of a request: `{"rows": [{field: text or null, …}, …]}`. Raises Rejected."""
    try:
        said: Json = read_json(body.decode(), once=True)
        json.dumps(said, ensure_ascii=False).encode()  # half a character (\\ud800) cannot be kept
    except (ValueError, RecursionError) as error:
        raise Rejected(Why.MALFORMED, detail=f"no JSON: {error}"[:MOST_DETAIL]) from None
    rows = said.get("rows") if isinstance(said, dict) and set(said) == {"rows"} else None
    if not isinstance(rows, list) or not rows:
        raise Rejected(Why.MALFORMED, detail="no rows")
    if len(rows) > MOST_ROWS:
        raise Rejected(Why.TOO_MANY)
    return [_row(place, row) for place, row in enumerate(rows, start=1)]


def _row(place: int, row: Json) -> Row:
    flat = isinstance(row, dict) and len(row) <= MOST_FIELDS
    if not flat or not all(value is None or isinstance(value, str) for value in row.values()):  # type: ignore[union-attr]
        raise Rejected(Why.MALFORMED, detail=f"row {place}")
    return row  # type: ignore[return-value]  # looked at above


def digest(kind: str, body: bytes) -> str:
    """What tells two requests apart that have the same id."""
    return sha256(f"{kind}\n".encode() + body).hexdigest()


def written(said: list[Row] | list[Json]) -> bytes:
    """JSON, to be sealed."""
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()

"""The audit: append-only rows, chained per application under a key that the database does not hold.

Whoever rewrites, removes, reorders or inserts a row without the key breaks the chain from there on. Cutting off the
newest rows leaves a chain that is whole but shorter; only a count kept elsewhere shows that, so `verify_all` counts.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import groupby

from sqlalchemy import Index, Select, UniqueConstraint, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.base.database import Base
from app.base.tokens import derive

FIRST = ""
HOUR = timedelta(hours=1)
ALONE = text("application_id IS NULL")


class AuditRow(Base):
    """Who did what to which application (None: to none), when. `detail` never holds personal data."""

    __tablename__ = "audit"
    __table_args__ = (
        UniqueConstraint("application_id", "seq"),
        Index("uq_audit_seq_alone", "seq", unique=True, sqlite_where=ALONE, postgresql_where=ALONE),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int | None]
    seq: Mapped[int]
    at: Mapped[datetime]
    actor: Mapped[str]
    action: Mapped[str]
    detail: Mapped[str]
    mac: Mapped[str]

    def content(self) -> dict[str, str | int | None]:
        """What the chain protects: everything but the mac and the database's own id."""
        return {
            "application_id": self.application_id,
            "seq": self.seq,
            "at": self.at.astimezone(UTC).isoformat(timespec="microseconds"),
            "actor": self.actor,
            "action": self.action,
            "detail": self.detail,
        }


@dataclass(frozen=True)
class Verified:
    """How much was looked at, and the first broken row of every chain that is broken."""

    rows: int
    chains: int
    broken: tuple[AuditRow, ...]


def audit_key(secret_key: str) -> bytes:
    """The chain's key that belongs to one SECRET_KEY."""
    return derive(secret_key.encode(), "audit")


def link(previous_mac: str, content: Mapping[str, str | int | None], key: bytes) -> str:
    """The mac of a row (64 hex characters): over its content and the mac of the row before it."""
    words = json.dumps([previous_mac, content], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hmac.new(key, words.encode(), hashlib.sha256).hexdigest()


def record(
    session: Session, application_id: int | None, actor: str, action: str, at: datetime, detail: str = ""
) -> AuditRow:
    """Add a row within the caller's transaction, under the key in `session.info["audit_key"]`."""
    last = session.scalar(_chain(application_id).order_by(AuditRow.seq.desc()).limit(1).with_for_update())
    seq, previous = (last.seq + 1, last.mac) if last else (1, FIRST)
    row = AuditRow(application_id=application_id, seq=seq, at=at, actor=actor, action=action, detail=detail)
    row.mac = link(previous, row.content(), session.info["audit_key"])
    session.add(row)
    return row


def recorded_lately(
    session: Session, application_id: int, actor: str, action: str, now: datetime, detail: str = ""
) -> bool:
    """Whether just this has been recorded within the last HOUR: what somebody does to their own again and again is
    one row then, so that nobody fills the audit by reloading."""
    same = (AuditRow.actor == actor, AuditRow.action == action, AuditRow.detail == detail, AuditRow.at > now - HOUR)
    return session.scalar(_chain(application_id).where(*same).limit(1)) is not None


def verify(rows: Iterable[AuditRow], keys: Sequence[bytes]) -> AuditRow | None:
    """The first row of one chain, in order, that does not follow from the one before; None when all do.

    A row may be linked under any of the keys: SECRET_KEY rotates, a chain goes on.
    """
    previous = FIRST
    for seq, row in enumerate(rows, start=1):
        macs = [link(previous, row.content(), key) for key in keys]
        if row.seq != seq or not any(hmac.compare_digest(mac, row.mac) for mac in macs):
            return row
        previous = row.mac
    return None


def verify_all(session: Session, keys: Sequence[bytes]) -> Verified:
    """Look at every chain."""
    counts: list[int] = []
    broken: list[AuditRow] = []
    for chain in _chains(session):
        counts.append(len(chain))
        broken += filter(None, [verify(chain, keys)])
    return Verified(sum(counts), len(counts), tuple(broken))


def _chain(application_id: int | None) -> Select[AuditRow]:
    """Said so that the index on application and seq is used, whatever the database."""
    column = AuditRow.application_id
    return select(AuditRow).where(column.is_(None) if application_id is None else column == application_id)


def _chains(session: Session) -> Iterator[list[AuditRow]]:
    ordered = select(AuditRow).order_by(AuditRow.application_id, AuditRow.seq)
    rows = session.scalars(ordered.execution_options(yield_per=1000))
    return (list(chain) for _, chain in groupby(rows, key=lambda row: row.application_id))

"""Sweeping: blobs that no row refers to are removed, what is wrong is reported."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.base.seal import Damaged, UnknownKey
from app.base.store import NoBlob, Store

YOUNG = timedelta(hours=24)


@dataclass(frozen=True)
class Swept:
    """What a sweep removed (`orphans`, `strays`) and what it found wrong, as names of blobs."""

    orphans: tuple[str, ...]
    strays: int
    missing: tuple[str, ...]
    damaged: tuple[str, ...]
    locked: tuple[str, ...]

    @property
    def sound(self) -> bool:
        """Every row has its picture and every picture opens."""
        return not (self.missing or self.damaged or self.locked)


def sweep(store: Store, referred: Collection[str], now: datetime) -> Swept:
    """Remove what is 24 h old and not in `referred` (the names in rows, read less than 24 h ago); open all the rest.

    A blob is stored before its row is committed, so nothing younger is touched. `missing`: a row without a blob;
    `damaged`: fails its seal; `locked`: sealed under a key that is not in STORE_KEYS.
    """
    kept = frozenset(referred)
    limit = now - YOUNG
    present = dict(store.names())
    old = sorted(name for name, put in present.items() if name not in kept and put < limit)
    orphans = tuple(name for name in old if store.delete(name, before=limit))
    wrong = {name: _wrong(store, name) for name in sorted(kept.union(present).difference(orphans))}
    return Swept(
        orphans=orphans,
        strays=store.tidy(limit),
        missing=tuple(name for name, what in wrong.items() if what is NoBlob and name in kept),
        damaged=tuple(name for name, what in wrong.items() if what is Damaged),
        locked=tuple(name for name, what in wrong.items() if what is UnknownKey),
    )


def _wrong(store: Store, name: str) -> type[Exception] | None:
    try:
        store.get(name)
    except (NoBlob, Damaged, UnknownKey) as error:
        return type(error)
    return None

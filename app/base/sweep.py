"""`flask sweep`: remove blobs that no row refers to; report missing and damaged ones."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.base.seal import Damaged, UnknownKey
from app.base.store import NoBlob, Store
from app.base.unavailable import StoreFailed

YOUNG = timedelta(hours=24)


@dataclass(frozen=True)
class Swept:
    """What a sweep removed (`orphans`, `strays`) and what it found wrong, as names of blobs. `damaged` are those, too,
    that the disk does not give back."""

    orphans: tuple[str, ...]
    strays: int
    missing: tuple[str, ...]
    damaged: tuple[str, ...]
    locked: tuple[str, ...]

    def told(self) -> list[str]:
        """What was done, and each blob that is wrong, a line each."""
        lines = [f"sweep: {len(self.orphans)} orphans and {self.strays} torn files removed"]
        for what in ("missing", "damaged", "locked"):
            lines += [f"{what}: {name}" for name in getattr(self, what)]
        return [*lines, "store: " + ("sound" if self.sound else "NOT sound, see above")]

    @property
    def sound(self) -> bool:
        """Every row has its picture and every picture opens."""
        return not (self.missing or self.damaged or self.locked)


def sweep(store: Store, referred: Callable[[], Collection[str]], now: datetime) -> Swept:
    """Remove what is 24 h old and not in `referred` (the names in rows); open all the rest.

    Raises StoreFailed when there is no store at all.

    A blob is stored before its row is committed, so nothing younger is touched. `missing`: a row without a blob, also
    when it is looked for again; `damaged`: fails its seal; `locked`: sealed under a key that is not in STORE_KEYS.
    """
    store.check()
    kept = frozenset(referred())
    limit = now - YOUNG
    present = dict(store.names())
    old = sorted(name for name, put in present.items() if name not in kept and put < limit)
    orphans = tuple(name for name in old if store.delete(name, before=limit))
    wrong = {name: _wrong(store, name) for name in sorted(kept.union(present).difference(orphans))}
    still = frozenset(referred())
    return Swept(
        orphans=orphans,
        strays=store.tidy(limit),
        missing=tuple(name for name, what in wrong.items() if what is NoBlob and name in kept & still),
        damaged=tuple(name for name, what in wrong.items() if what in (Damaged, StoreFailed)),
        locked=tuple(name for name, what in wrong.items() if what is UnknownKey),
    )


def _wrong(store: Store, name: str) -> type[Exception] | None:
    try:
        store.get(name)
    except (NoBlob, Damaged, UnknownKey, StoreFailed) as error:
        return type(error)
    return None

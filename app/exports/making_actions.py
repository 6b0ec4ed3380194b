"""Making an export: everybody is looked at, every photo read back, the list written, the manifest kept."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from sqlalchemy import update

from app.base.audit import record
from app.base.errors import N_
from app.base.json_values import JsonObject
from app.base.store import Store
from app.exports.field_rules import Facts
from app.exports.former_queries import former_of
from app.exports.layout_rules import ExportKind, ExportLayout, ListFormat
from app.exports.list_rules import csv_of, empty_cells, joined, writer_for
from app.exports.manifest_actions import AT_ONCE, EMPTY, Manifest, Row, some_of
from app.exports.model import Export
from app.exports.name_rules import is_refused, key_of, name_of
from app.exports.queries import (
    ExportLine,
    entries_of,
    ids_of,
    lines_of,
    sums_of,
    wanted_of,
)
from app.exports.reading_actions import checked
from app.exports.rules import (
    CHECK,
    FAULT_NAMES,
    FAULTS,
    FOLDER,
    OF_CHECK,
    OF_FAULTS,
    OF_RENAMED,
    OF_WITHDRAWN,
    RENAMED,
    SUMS,
    WITHDRAWN,
    Change,
    Fault,
    Former,
    Part,
    change_of,
)
from app.exports.seal_rules import Cipher
from app.exports.zip_rules import length_of
from app.identity.act_rules import Act
from app.identity.actor_rules import Actor
from app.jobs.runner import Failed, Running

READING, PACKING = N_("读取名单，核对照片"), N_("写名单和校验值")
SAME_NAME = N_("准考证号 %(exam_number)s 的照片会和另一张同名，导出没有完成。请换一个文件名。")
BAD_NAME = N_("准考证号 %(exam_number)s 的照片文件名电脑不能保存，导出没有完成。请换一个文件名。")


class Making:
    """One export while it is made."""

    def __init__(self, running: Running, store: Store, export: Export, layout: ExportLayout) -> None:
        self._running, self._store, self._export, self._layout = running, store, export, layout
        self._wanted = wanted_of(export)
        self._manifest = Manifest(running.db, store, export.id, export.since_id)
        self._list = writer_for(layout, ListFormat(export.list_format))
        self._names: set[str] = set()
        self._faults: list[tuple[int, Fault]] = []
        self._renamed: list[list[str]] = []
        self._count = dict.fromkeys(Change, 0)

    def make(self) -> JsonObject:
        """The whole of it; begun anew, it leaves nothing of the time before, and nothing when it fails."""
        self._manifest.forget()
        try:
            former = self._everybody()
            self._names.clear()
            self._running.progress(PACKING)
            self._names_of_old = self._manifest.former_names(list(former))
            self._manifest.keep([self._withdrawn(number, was) for number, was in former.items()])
            return self._finish(former)
        except BaseException:
            self._list.close()
            self._manifest.forget()
            raise

    def _everybody(self) -> dict[int, Former]:
        """All who are in it, some at a time; those of the former export who are not."""
        with self._running.db.reading() as session:
            ids = ids_of(session, self._wanted)
            former = former_of(session, self._export) if self._export.since_id else {}
        for done, some in enumerate(some_of(ids)):
            self._running.progress(READING, done * AT_ONCE, len(ids))
            with self._running.db.reading() as session:
                lines = lines_of(session, self._wanted, some)
            self._manifest.keep([self._look_at(line, former, done * AT_ONCE + n) for n, line in enumerate(lines, 1)])
        return former

    def _look_at(self, line: ExportLine, former: dict[int, Former], serial: int) -> Row:
        """The line of the manifest; who is new or replaced gets a row of the list."""
        record = replace(line.record, photo_sha256=line.sha256, serial=f"{serial:05d}")
        if self._export.kind != ExportKind.PHOTOS:
            return self._row_of(line, Facts(record), former)
        name = self._name_of(Facts(record))
        item = self._item(line, Part.PHOTO) | {"name": FOLDER + name, "blob": line.blob, "sha256": line.sha256}
        was = former.pop(line.application_id, None)
        change = change_of(line.sha256, FOLDER + name, was)
        fault, size, crc32 = checked(self._store, line.blob, line.sha256)
        if fault:
            self._faults.append((line.application_id, fault))
            held: Row = {"sha256": was.sha256.hex(), "name": was.name or FOLDER + name} if was else {}
            return item | held | {"change": change, "fault": fault}
        self._count[change] += 1
        if change != Change.SAME:
            self._listed(Facts(replace(record, photo=name)))
        if was and was.name not in ("", FOLDER + name):
            person = record.candidate
            self._renamed.append([person["exam_number"], person["name"], was.name.removeprefix(FOLDER), name])
        return item | {"change": change, "bytes": size, "crc32": crc32}

    def _row_of(self, line: ExportLine, facts: Facts, former: dict[int, Former]) -> Row:
        cells = "\x1f".join(column.text(facts) for column in self._layout.columns)
        sha256 = hashlib.sha256(cells.encode()).hexdigest()
        change = change_of(sha256, "", former.pop(line.application_id, None))
        self._count[change] += 1
        if change != Change.SAME:
            self._listed(facts)
        return self._item(line, Part.ROW) | {"sha256": sha256, "change": change}

    def _listed(self, facts: Facts) -> None:
        self._list.notes += empty_cells(self._layout, facts)
        self._list.add(facts)

    def _name_of(self, facts: Facts) -> str:
        name = name_of(self._export.template, facts)
        whose: JsonObject = {"exam_number": facts["exam_number"]}
        if is_refused(name):
            raise Failed(BAD_NAME, whose)
        if (key := key_of(name)) in self._names:
            raise Failed(SAME_NAME, whose)
        self._names.add(key)
        return name

    def _withdrawn(self, application_id: int, was: Former) -> Row:
        self._count[Change.WITHDRAWN] += 1
        item: Row = {"export_id": self._export.id, "part": Part.ROW, "application_id": application_id}
        held: Row = {"name": self._names_of_old[application_id], "sha256": was.sha256.hex()}
        return EMPTY | item | held | {"change": Change.WITHDRAWN}

    def _item(self, line: ExportLine, part: Part) -> Row:
        capture = line.capture_id if part == Part.PHOTO else None
        return EMPTY | {
            "export_id": self._export.id,
            "part": part,
            "application_id": line.application_id,
            "capture_id": capture,
        }

    def _finish(self, former: dict[int, Former]) -> JsonObject:
        """The list and what goes with it, the sums; then it is there."""
        self._manifest.file(f"list.{self._export.list_format}", self._list.finish())
        if notes := self._list.notes:
            rows = [[each.exam_number, each.name, each.column, each.text, each.reason] for each in notes]
            self._manifest.file(CHECK, csv_of([OF_CHECK, *rows]))
        people = self._manifest.people([number for number, _fault in self._faults] + list(former))
        if self._faults:
            faulty = [[*people[number], FAULT_NAMES[fault]] for number, fault in self._faults]
            self._manifest.file(FAULTS, csv_of([OF_FAULTS, *faulty]))
        if former:
            gone = [[*people[number], self._names_of_old[number].removeprefix(FOLDER)] for number in former]
            self._manifest.file(WITHDRAWN, csv_of([OF_WITHDRAWN, *gone]))
        if self._renamed:
            self._manifest.file(RENAMED, csv_of([OF_RENAMED, *self._renamed]))
        with self._running.db.reading() as session:
            sums = joined(sums_of(session, self._export.id))
        self._manifest.file(SUMS, sums)
        return self._close(hashlib.sha256(sums).hexdigest())

    def _close(self, digest: str) -> JsonObject:
        with self._running.db.reading() as session:
            length = length_of(entries_of(session, self._export.id), Cipher("") if self._export.sealed else None)
        counts = {change.value: number for change, number in self._count.items()}
        outcome: JsonObject = {**counts, "faults": len(self._faults)}
        now = self._running.clock.now()
        made = {**counts, "faults": len(self._faults), "length": length, "digest": digest, "made_at": now}
        with self._running.db.writing() as session:
            session.execute(update(Export).where(Export.id == self._export.id).values(**made))
            record(session, None, str(Actor.server()), Act.EXPORT_MADE, now, f"{self._export.id} {digest}")
            self._running.finish(session, outcome)
        return outcome

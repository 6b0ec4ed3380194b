"""Inspect a picture: gate, decode, checks, report. `inspect` is pure; `LocalInspector` runs it in worker processes."""

from __future__ import annotations

import logging
import threading
from importlib import import_module
from itertools import accumulate, pairwise
from typing import Protocol

from app.base.errors import N_, Refused
from app.base.workers.frames import BadFrame, Header, Task, no_task, whole
from app.base.workers.pool import Busy, Died, Workers, WorkersUnavailable
from app.imaging import checks
from app.imaging.checks.check import judge
from app.imaging.intake import Unreadable, gate
from app.imaging.intake import decode as decoding
from app.imaging.intake.decode import decode, preview
from app.imaging.networks import networks
from app.imaging.overlay import overlay
from app.imaging.packs.pack import DEFAULT, Pack, load, names
from app.imaging.probe import WholeFacts, findings
from app.imaging.registered_photo import fits
from app.imaging.report import Advice, Finding, Inspection, Report, Verdict, worst
from app.imaging.scene.scene import Scene

__all__ = ["Inspection", "Inspector", "LocalInspector", "WholeFacts", "inspect", "probe", "unreadable"]

TASK = f"{__name__}:task"
LAZY_IMPORTS = ("numpy.fft", "numpy.ma")  # which numpy imports on first use, the latter in `median`
NO_WORKER = N_("照片暂时无法检查，这不是照片的问题。请稍等，照片会再次上传。")
PICTURES = ("preview", "registered_photo", "overlay")
log = logging.getLogger(__name__)


def inspect(body: bytes, declared: str, pack: Pack) -> Inspection:
    """Report on a picture, with a preview when it is readable. Raises gate.WrongType for a wrong declared type."""
    kind = gate.agreed(body, declared)
    try:
        gate.examine(body, kind, pack)
        picture = decode(body, kind, pack)
    except Unreadable as error:
        return unreadable(body, error.reason, pack)
    scene = Scene(len(body), picture, pack)
    findings = (check.find(scene, pack.checks[check.name]) for check in checks.ALL)
    report = _report(pack, _readable(pack), *findings)
    photo = scene.registered_photo if scene.registered_photo and fits(scene.registered_photo, pack) else None
    crop = scene.crop.shares(scene.view.size, pack) if photo else None
    return Inspection(report, preview(picture), picture.width, picture.height, photo, overlay(scene), crop)


def probe(body: bytes, declared: str, told: WholeFacts, pack: Pack) -> Report:
    """Report on a crop, as far as it shows what the whole would. Raises gate.WrongType for a wrong declared type."""
    kind = gate.agreed(body, declared)
    try:
        gate.examine(body, kind, pack)
        crop = decode(body, kind, pack)
    except Unreadable as error:
        return unreadable(body, error.reason, pack).report
    return _report(pack, _readable(pack), *findings(crop, told, pack))


def unreadable(body: bytes, reason: str, pack: Pack) -> Inspection:
    """The inspection of a picture that cannot be decoded; `reason` names an advice of the check `readable`."""
    return Inspection(_report(pack, _readable(pack, reason), judge("file_size", len(body), pack.checks["file_size"])))


def _readable(pack: Pack, reason: str | None = None) -> Finding:
    rule = pack.checks["readable"]
    if reason is None:
        return Finding("readable", None, rule.unit, None, None, Verdict.PASS)
    words = rule.advice[reason]
    return Finding("readable", None, rule.unit, None, None, Verdict.REFUSE, Advice(words.zh, words.en))


def _report(pack: Pack, *findings: Finding) -> Report:
    return Report(pack.name, pack.version, pack.hash, worst(each.verdict for each in findings), findings)


def task(header: Header, body: bytes) -> tuple[Header, bytes]:
    """The job of a worker process: `declared` and `pack` in the header; returns the report and the pictures. With
    `told` in the header the body is a crop, and there is nothing but a report."""
    declared, pack = str(header["declared"]), load(str(header["pack"]))
    if isinstance(told := header.get("told"), list):  # the body is a crop
        report = probe(body, declared, WholeFacts(*map(whole, told)), pack)
        return {"report": report.as_dict(), "width": 0, "height": 0, "sizes": [0] * len(PICTURES)}, b""
    done = inspect(body, declared, pack)
    pictures = [getattr(done, name) or b"" for name in PICTURES]
    answer: Header = {"report": done.report.as_dict(), "width": done.width, "height": done.height}
    answer["crop"] = [*done.crop] if done.crop else None
    return {**answer, "sizes": [len(each) for each in pictures]}, b"".join(pictures)


def warm() -> None:
    """Called by a worker process at its start, before it enters the sandbox: load everything that needs a file."""
    networks().warm()
    decoding.warm()
    for name in LAZY_IMPORTS:
        import_module(name)
    for name in names():
        load(name)


def warm_fork() -> None:
    """Called in a fork that waits for its picture: run the networks once."""
    networks().warm()


def _answered(header: Header, body: bytes) -> Inspection:
    """The inspection out of a worker's answer."""
    sizes = header["sizes"]
    if not isinstance(sizes, list):
        raise BadFrame("no sizes")
    ends = accumulate(map(whole, sizes), initial=0)
    pictures = {name: body[start:end] or None for name, (start, end) in zip(PICTURES, pairwise(ends), strict=True)}
    report, width, height = Report.from_dict(header["report"]), whole(header["width"]), whole(header["height"])
    crop = header.get("crop")
    shares = tuple(float(str(each)) for each in crop) if isinstance(crop, list) else None
    return Inspection(report, width=width, height=height, crop=shares, **pictures)


def _busy() -> Refused:
    return Refused("busy", N_("现在拍照的人很多。请稍等几秒，照片会再次上传。"), 503, retry_after=2)


class Inspector(Protocol):
    """What the application needs of an inspection service."""

    def inspect(self, body: bytes, declared: str, while_running: Task = no_task) -> Inspection:
        """As the function. Raises Refused: `wrong_type` (415), `busy` or `no_worker` (503).

        `while_running` is called once while another process inspects; not at all when none has to. Its exceptions are
        raised unchanged.
        """
        ...

    def probe(self, body: bytes, declared: str, told: WholeFacts) -> Report:
        """As the function. Raises Refused like `inspect`."""
        ...

    def is_ready(self) -> bool:
        """Whether the next picture need not wait for anything to be loaded."""
        ...

    def start(self) -> None:
        """Get ready, so that the first pictures do not wait."""
        ...

    def close(self) -> None:
        """Release all resources."""
        ...


class LocalInspector:
    """Inspects in worker processes of this machine; a picture that crashes two of them counts as unreadable."""

    def __init__(self, size: int, waiting: int, pack: str = DEFAULT) -> None:
        self.pack = load(pack)
        self._workers = Workers(TASK, size, waiting)
        self._probes = threading.BoundedSemaphore(max(1, size // 2))

    def inspect(self, body: bytes, declared: str, while_running: Task = no_task) -> Inspection:
        """At most 10 s of work (two attempts), after at most 10 s of waiting for a worker.

        Raises Refused: `wrong_type` (415), `busy` or `no_worker` (503); what `while_running` raises.
        """
        if len(body) > self.pack.max_bytes:
            return unreadable(body, "too_large", self.pack)
        return self._run({"declared": declared, "pack": self.pack.name}, body, while_running)

    def probe(self, body: bytes, declared: str, told: WholeFacts) -> Report:
        """The report on a crop. Waits and raises like `inspect`; more than half of the workers are never asked by
        probes, which only spare a person a wait: `busy`."""
        if not self._probes.acquire(blocking=False):
            raise _busy()
        try:
            header: Header = {"declared": declared, "pack": self.pack.name, "told": [*told.as_list()]}
            return self._run(header, body, no_task).report
        finally:
            self._probes.release()

    def _run(self, header: Header, body: bytes, while_running: Task) -> Inspection:
        gate.agreed(body, str(header["declared"]))
        try:
            answer, pictures = self._workers.run(header, body, while_running)
        except Busy:
            raise _busy() from None
        except WorkersUnavailable as reason:
            log.error("no worker inspects pictures: %s", reason)
            raise Refused("no_worker", NO_WORKER, 503, retry_after=5) from None
        except Died as death:
            log.warning("a picture of %d bytes ended two workers: %s", len(body), death)
            return unreadable(body, "damaged", self.pack)
        return _answered(answer, pictures)

    def is_ready(self) -> bool:
        """Whether a process is warm."""
        return self._workers.is_ready()

    def start(self) -> None:
        """Start the processes, so that the first pictures do not wait for them."""
        self._workers.start()

    def close(self) -> None:
        """End the processes."""
        self._workers.close()

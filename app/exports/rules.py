"""What an export covers, what changed since another one, and what may be wrong with a photo; without a database."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import NamedTuple

from app.application.status_rules import APPROVED
from app.application.workflow import Status
from app.base.errors import N_
from app.exports.layout_rules import ExportKind

EVERYWHERE = "all"  # in the place of a city: one export for each
NOWHERE = "none"  # applications that belong to no city's office
NOTHING = N_("现在没有可以导出的人。审核通过的申请才会在这里。")
TAKEN_BACK = N_("这份导出里有 %(n)s 张照片后来被撤回或删除，不能再按原样下载。请重新导出。")
NOT_YET = tuple(status for status in Status if status not in (*APPROVED, Status.WITHDRAWN))
STATUSES = {ExportKind.PHOTOS: APPROVED, ExportKind.PEOPLE: APPROVED, ExportKind.APPLICATIONS: tuple(Status)}
SUMS, CHECK, FAULTS = "SHA256SUMS", "check.csv", "faults.csv"
WITHDRAWN, RENAMED = "withdrawn.csv", "renamed.csv"
FOLDER = "photos/"
# What the small lists in the ZIP are headed by.
OF_CHECK = ["准考证号", "姓名", "列", "内容", "原因"]
OF_FAULTS = ["准考证号", "姓名", "原因"]
OF_WITHDRAWN = ["准考证号", "姓名", "上次的照片文件名"]
OF_RENAMED = [*OF_WITHDRAWN, "这次的照片文件名"]


class Change(StrEnum):
    """How somebody's part of an export differs from the one it is compared with. SAME and WITHDRAWN have no photo
    and no row in it."""

    NEW = "new"
    REPLACED = "replaced"
    SAME = "same"
    WITHDRAWN = "withdrawn"


class Part(StrEnum):
    """What an item of an export is: a photo, a row of the list alone, or a file of ours."""

    PHOTO = "photo"
    ROW = "row"
    FILE = "file"


class Fault(StrEnum):
    """Why a photo is not in an export although its application is approved."""

    NONE = "none"
    MISSING = "missing"
    DAMAGED = "damaged"
    LOCKED = "locked"
    DIFFERS = "differs"


FAULT_NAMES = {
    Fault.NONE: N_("没有登记照片"),
    Fault.MISSING: N_("照片文件不见了"),
    Fault.DAMAGED: N_("照片文件已损坏"),
    Fault.LOCKED: N_("缺少解密照片的密钥"),
    Fault.DIFFERS: N_("照片与登记的不是同一张"),
}
KIND_NAMES = {
    ExportKind.PHOTOS: N_("登记照片"),
    ExportKind.PEOPLE: N_("人员名单"),
    ExportKind.APPLICATIONS: N_("申请清单"),
}


@dataclass(frozen=True)
class Wanted:
    """What is asked for: everything that makes one export. `since`: the number of the one to compare with."""

    kind: ExportKind
    batch: str
    city: str
    layout: str
    list_format: str
    template: str
    sealed: bool = False
    since: int | None = None

    @property
    def fields(self) -> dict[str, str | bool | int | None]:
        """As an export has them."""
        named = asdict(self)
        since = named.pop("since")
        return named | {"since_id": since}


class Former(NamedTuple):
    """What whoever has an earlier export holds of somebody: the hash, and the photo's name there (empty: it does not
    count, since names follow another template or a serial number)."""

    sha256: bytes
    name: str = ""


def change_of(sha256: str, name: str, before: Former | None) -> Change:
    """How somebody stands now who stood so before (None: not at all). Another name of the photo is a change too."""
    if before is None:
        return Change.NEW
    return Change.SAME if before.sha256.hex() == sha256 and before.name in ("", name) else Change.REPLACED


def size_of(length: int) -> str:
    """Bytes as people read them: 812 B, 3.4 MB."""
    size, unit = float(length), "B"
    for larger in ("KB", "MB", "GB", "TB"):
        if size < 1000:
            break
        size, unit = size / 1000, larger
    return f"{size:.0f} {unit}" if unit == "B" or size >= 100 else f"{size:.1f} {unit}"


def file_name(kind: ExportKind, batch: str, city: str, number: int) -> str:
    """What the ZIP is called when it is saved."""
    return f"{kind}-{batch}-{city}-{number}.zip"

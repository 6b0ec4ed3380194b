"""The long work of exports, as `app.jobs` carries it out."""

from __future__ import annotations

import logging

from app.base.errors import N_
from app.base.json_values import JsonObject
from app.base.store import Store
from app.exports.layout_rules import WrongLayout, layouts
from app.exports.making_actions import Making
from app.exports.model import Export
from app.exports.settings import ExportSettings, own_layouts
from app.http.provided import provided
from app.jobs.runner import Failed, Running

log = logging.getLogger(__name__)
GONE = N_("这次导出的记录已不在。请重新导出。")
NO_LAYOUT = N_("名单格式“%(layout)s”现在不能用，导出没有完成。请看服务器日志里的原因，改正后再导出。")


def make(running: Running) -> JsonObject:
    """Make the export that the job names."""
    number = running.arguments["export"]
    with running.db.reading() as session:
        export = session.get(Export, number)
    if export is None:
        raise Failed(GONE)
    try:
        layout = layouts(own_layouts(provided(ExportSettings)))[export.layout]
    except (KeyError, WrongLayout) as error:
        log.error("an export was not made: %s", error)
        raise Failed(NO_LAYOUT, {"layout": export.layout}) from None
    return Making(running, provided(Store), export, layout).make()

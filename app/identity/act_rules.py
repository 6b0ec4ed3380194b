"""What is recorded in the audit of the whole, as it belongs to no application.

What happens to an application has words of its own (`app.application.audit_rules`) and a sentence for support; this is
for whoever examines how the service was run. A slice that records something new adds its word here.
"""

from __future__ import annotations

from enum import StrEnum


class Act(StrEnum):
    """What somebody who works here did. The words are in chains that exist: they never change."""

    # Long work: imports, exports, backups.
    JOB_ASKED = "job_asked"
    JOB_STOPPED = "job_stopped"

    # Offices and batches.
    OFFICE_MADE = "office_made"
    OFFICE_CHANGED = "office_changed"
    OFFICE_CLOSED = "office_closed"
    OFFICE_OPENED = "office_opened"
    OFFICE_DELETED = "office_deleted"
    BATCH_MADE = "batch_made"
    BATCH_CHANGED = "batch_changed"
    BATCH_DELETED = "batch_deleted"

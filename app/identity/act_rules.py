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

    # Accounts of staff, by an operator or (actor `server`) on the machine; the detail names whom: staff:12 …
    STAFF_ADDED = "staff_added"
    STAFF_CHANGED = "staff_changed"
    STAFF_DISABLED = "staff_disabled"
    STAFF_ENABLED = "staff_enabled"
    STAFF_PASSWORD_RESET = "staff_password_reset"  # noqa: S105 — a word of the audit
    STAFF_SECOND_RESET = "staff_second_reset"

    # What somebody did with their own account.
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 — a word of the audit
    SECOND_ON = "second_on"
    SECOND_OFF = "second_off"
    RECOVERY_RENEWED = "recovery_renewed"
    RECOVERY_USED = "recovery_used"
    LOGINS_ENDED = "logins_ended"

    # A candidate's forgotten password; the detail names whom: candidate:12 …
    RESET_LOOKED = "reset_looked"
    RESET_ISSUED = "reset_issued"
    RESET_MISMATCH = "reset_mismatch"
    RESET_USED = "reset_used"
    # Exports: photos and lists of people that left the service.
    EXPORT_ASKED = "export_asked"
    EXPORT_MADE = "export_made"
    EXPORT_DOWNLOADED = "export_downloaded"
    EXPORT_PASSWORD = "export_password"  # noqa: S105 — a word of the audit
    # Lists that came in: kind, counts, the file's hash.
    IMPORTED = "imported"
    # Backups.
    BACKED_UP = "backed_up"
    RESTORED = "restored"

    # Notices to others.
    NOTICE_TESTED = "notice_tested"
    NOTICES_RETRIED = "notices_retried"
    NOTICES_DROPPED = "notices_dropped"
    # Offices and batches.
    OFFICE_MADE = "office_made"
    OFFICE_CHANGED = "office_changed"
    OFFICE_CLOSED = "office_closed"
    OFFICE_OPENED = "office_opened"
    OFFICE_DELETED = "office_deleted"
    BATCH_MADE = "batch_made"
    BATCH_CHANGED = "batch_changed"
    BATCH_DELETED = "batch_deleted"

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
    # Lists that came in: kind, counts, the file's hash.
    IMPORTED = "imported"

    # Notices to others.
    NOTICE_TESTED = "notice_tested"
    NOTICES_RETRIED = "notices_retried"

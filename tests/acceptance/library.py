"""A small collection that a person could have: prose, code and data about one imaginary product."""

from pathlib import Path

RETENTION = """# Retention policy

The archive keeps every delivery record so that disputes can be settled.
The retention period for delivery records is 90 days.
After that the nightly purge removes them, and a copy goes to cold storage.

## Exceptions

Records under legal hold are never purged. The legal team sets a hold through the hold register.
"""

HANDBOOK = """# Operations handbook

The nightly purge runs at 02:00 UTC and is started by the scheduler.
Before it removes anything, the purge takes the archive lock, so that two purges never run at once.
If the lock is taken, the purge ends at once and the scheduler tries again the next night.
The purge writes one line to the audit log for each delivery record that it removes.

Cold storage is checked every quarter by restoring a sample of one hundred records.
"""

PURGE = '''"""The nightly purge of delivery records."""

import time


class ArchiveLock:
    """Held by one purge at a time. A crashed holder loses it after an hour."""

    def __init__(self, server, ttl=3600):
        self.server = server
        self.ttl = ttl

    def acquire(self):
        """Take the archive lock; returns False if another purge holds it."""
        return self.server.set("archive-lock", time.time(), nx=True, ex=self.ttl)


def purge_delivery_records(archive, lock, audit):
    """Remove delivery records past their retention period, one audit line for each."""
    if not lock.acquire():
        return 0
    removed = 0
    for record in archive.expired():
        if record.on_legal_hold:
            continue
        archive.remove(record)
        audit.write(f"purged {record.id}")
        removed += 1
    return removed
'''

INTERVIEWS = """Interview with the archive team, spring review.

Q: Who decides what is kept?
A: The legal team owns the hold register; we only carry it out.
Q: Has the purge ever removed too much?
A: Once, before the archive lock existed, two purges ran together and the audit log had double lines.
Q: What would you change?
A: We would like the purge to report how many records it skipped because of a legal hold.
"""

CONTRADICTION = """# Customer terms

For customers the following applies.
The retention period for delivery records is 30 days.
Customers may ask for a copy of their own delivery records at any time.
"""


def write(folder: Path, *, contradicted: bool = False) -> Path:
    """Write the collection into ``folder``; with a planted contradiction if asked."""
    (folder / "docs").mkdir(parents=True)
    (folder / "src").mkdir()
    (folder / "docs" / "retention.md").write_text(RETENTION, "utf-8")
    (folder / "docs" / "handbook.md").write_text(HANDBOOK, "utf-8")
    (folder / "docs" / "interviews.txt").write_text(INTERVIEWS, "utf-8")
    (folder / "src" / "purge.py").write_text(PURGE, "utf-8")
    if contradicted:
        (folder / "docs" / "terms.md").write_text(CONTRADICTION, "utf-8")
    return folder

"""Run a command that ends with its parent: ``python tether.py PARENT LOCK COMMAND…``.

Linux kills the command when the process PARENT is gone, so that a supervisor that was killed leaves nothing
behind; elsewhere the next supervisor ends what the last one had recorded. The command holds the file LOCK
(none if empty) locked for as long as it lives, whoever its parent is: another that needs it does not start.

A script of its own, with nothing but the standard library: it runs before every command, in some 15 ms. It is
not a `preexec_fn`, which is unsafe in a process with threads.
"""

import ctypes
import fcntl
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1  # linux/prctl.h


def tether(parent: int) -> None:
    """Be killed when ``parent`` ends; exit at once when it has."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        sys.exit("The supervisor ended while this process was starting.")


def lock(path: str) -> None:
    """Lock ``path`` until this process, and whatever it becomes, ends."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        sys.exit(f"{path} is locked: an earlier process still uses what it guards.")
    os.set_inheritable(descriptor, True)


if __name__ == "__main__":
    tether(int(sys.argv[1]))
    if sys.argv[2]:
        lock(sys.argv[2])
    os.execv(sys.argv[3], sys.argv[3:])

"""Outlive the supervisor, and start the next one if it was killed: ``python heir.py SOCKET COMMAND…``.

A supervisor that is killed takes its processes along, and its users start the next one. But a run may go on
without users, and a stack may be pinned. One that ends in order says bye on the control socket, which is
all that it ever says unasked, and so ends its heir too.

A script of its own, with nothing but the standard library: it waits in 10 MB.
"""

import os
import socket
import sys
import time

_PAUSE = 1.0  # seconds: users may come first, and a supervisor that fails at once does so slowly


def was_killed(path: str) -> bool:
    """Wait for the end of the supervisor that listens at ``path``; False when it ended in order."""
    with socket.socket(socket.AF_UNIX) as connection:
        try:
            connection.connect(path)
            return not connection.recv(1)
        except FileNotFoundError:  # it has taken its socket away
            return False
        except ConnectionError:
            return True


if __name__ == "__main__" and was_killed(sys.argv[1]):
    time.sleep(_PAUSE)
    os.execv(sys.argv[2], sys.argv[2:])

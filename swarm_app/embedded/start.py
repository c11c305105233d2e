"""Starting the supervisor: its directory, its environment, its process."""

import os
import stat
import subprocess
import sys

from swarm_app.errors import StackError, UsageError
from swarm_app.settings import Settings

SUPERVISOR = "swarm_app.stack.supervisor"  # by name: it lives on a higher floor
SUPERVISED = "SWARM_SUPERVISED"  # set for what a supervisor started
_SOCKET_PATH_MAX = 103  # bytes: 104 with the closing NUL on macOS, 108 on Linux


def start(settings: Settings) -> None:
    """Start the supervisor unless one runs, and return when it listens.

    Raises `StackError` when it does not start, `UsageError` when its directory cannot be used.
    """
    prepare(settings)
    try:
        done = subprocess.run(
            [sys.executable, "-m", SUPERVISOR],
            cwd="/",
            env=environment(settings),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            start_new_session=True,
            timeout=settings.start_timeout,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise StackError(
            f"The supervisor did not start within {settings.start_timeout} s. Its log is "
            f"{settings.stack_dir / 'supervisor.log'}; SWARM_START_TIMEOUT gives it longer."
        ) from None
    if done.returncode:
        log = settings.stack_dir / "supervisor.log"
        raise StackError(done.stderr.strip() or f"The supervisor ended as it started. Its log is {log}.")


def prepare(settings: Settings) -> None:
    """Make the stack's directory, for this user only."""
    directory = settings.stack_dir
    if len(os.fsencode(settings.control_socket)) > _SOCKET_PATH_MAX:
        raise UsageError(f"{directory} is too long for a Unix socket: name a shorter SWARM_STATE_DIR.")
    try:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = directory.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid():
            raise UsageError(f"{directory} is not a directory of yours: name another SWARM_STATE_DIR.")
        directory.chmod(0o700)
    except OSError as error:
        raise StackError(
            f"Cannot use {directory}: {error.strerror}. Mend it, or set SWARM_STATE_DIR to a directory that "
            "you can write."
        ) from error


def environment(settings: Settings) -> dict[str, str]:
    """This process's environment, with these settings in place of its own."""
    given = {f"SWARM_{name.upper()}": value for name, value in settings}
    inherited = {name: value for name, value in os.environ.items() if name not in {*given, SUPERVISED}}
    return inherited | {name: str(value) for name, value in given.items() if value is not None}

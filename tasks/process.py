"""What the tasks of one process share."""

import os
import socket
from functools import cache

from celery import current_task

from swarm_app.claims import Claims
from swarm_app.settings import current
from swarm_app.store.store import Store
from tasks.slices import Slices


@cache
def store() -> Store:
    """This process's store; it waits out an outage rather than losing a finding."""
    return Store(current(), patient=True)


@cache
def claims() -> Claims:
    """What this process holds."""
    return Claims()


@cache
def slices() -> Slices:
    """What this process has read and keeps warm, whatever run it was for."""
    return Slices(store())


def worker_id() -> str:
    """Who is working: the Celery node's name, or host and process where there is none."""
    request = current_task.request if current_task else None
    return str(request.hostname) if request and request.hostname else f"{os.getpid()}@{socket.gethostname()}"

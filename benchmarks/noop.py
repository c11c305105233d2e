"""The app with two tasks that do nothing: what a bare chord costs on the same worker."""

from swarm_app.celery import app


@app.task(name="bench.noop", ignore_result=True)
def noop() -> None:
    """Do nothing."""


@app.task(name="bench.done")
def done() -> int:
    """Do nothing, and let the waiting client know."""
    return 1

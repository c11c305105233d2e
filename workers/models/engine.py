"""The engine that is a model of some vendor."""

import gc
import threading
from collections.abc import Callable, Sequence
from functools import cache

from swarm_app.contracts.context import Context
from swarm_app.contracts.plan import Role
from swarm_app.contracts.research import Brief, Draft
from workers.models.named import Named

_Work = Callable[..., Draft]

_importing = threading.Lock()  # many briefs begin at once, and the library's modules import each other


class ModelEngine:
    """A language model that searches, reads and hands in a draft; every citation of it is checked."""

    def __init__(self, engine: Named, others: Sequence[Named] = ()) -> None:
        """``others`` may answer in its place what takes it long."""
        self.name = engine.name
        self.summary = f"the model {engine.model} of the account {engine.account_name}"
        self._engine = engine
        self._others = others

    def investigate(self, brief: Brief, context: Context) -> Draft:
        """Do one brief; the calls are made on the process's event loop.

        Raises `EngineAway` when the vendor does not answer in time, `Blocker` where another engine may do the
        brief, and `EngineError` for what is to be mended.
        """
        with _importing:
            investigate, write = _works()
        work = write if brief.role is Role.SYNTHESISE else investigate
        return work(self._engine, brief, context, others=self._others)


@cache
def _works() -> tuple[_Work, _Work]:
    """How a brief is done, and how a synthesis is written; the client library takes seconds to import.

    Its hundreds of thousands of objects stay, and the garbage collector is told so: walking through them held
    all briefs of a process up for a third of a second, now and then.
    """
    collects = gc.isenabled()
    gc.disable()
    try:
        from workers.models.researcher import investigate  # noqa: PLC0415
        from workers.models.writer import write  # noqa: PLC0415

        gc.freeze()
    finally:
        if collects:
            gc.enable()
    return investigate, write

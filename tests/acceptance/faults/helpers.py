"""Dedicated helpers that are killed while they help, each replaced by another."""

from collections.abc import Collection, Iterator
from contextlib import ExitStack, contextmanager

from tests.acceptance.faults.control import ENGINES, Control
from tests.acceptance.faults.victims import kill
from tests.acceptance.faults.waiting import wait_until
from tests.acceptance.installation import Installation, path_of

HELPER = ("swarm", "worker", "--helper")
_PATIENCE = 60.0  # seconds until one comes by a moment: what another had is taken back first


class Helpers:
    """So many helpers at a time. They alone come by the moments."""

    def __init__(self, stack: ExitStack, installation: Installation, control: Control) -> None:
        self._stack = stack
        self._installation = installation
        self._variables = control.variables | path_of(*_paths(installation), ENGINES)
        self._control = control
        self.pids: set[int] = set()

    def start(self) -> None:
        """One more."""
        helper = self._stack.enter_context(self._installation.process(*HELPER, **self._variables))
        self.pids.add(helper.pid)

    def killed_at(self, moments: Collection[str]) -> list[str]:
        """Kill whoever comes by these moments first, each replaced at once; in which order they came."""
        left, order = set(moments), list[str]()
        while left:
            moment = wait_until(
                lambda: self._control.first(left), f"a helper is {' or '.join(left)}", _PATIENCE
            )
            victim = self._control.reached(moment)
            assert victim in self.pids, f"{victim}, which came by {moment!r}, is no helper"
            kill(victim)
            self.start()
            left.remove(moment)
            order.append(moment)
        return order


@contextmanager
def helpers(installation: Installation, control: Control, count: int) -> Iterator[Helpers]:
    """Start some; all that there are then are told to stop at the end."""
    with ExitStack() as stack:
        made = Helpers(stack, installation, control)
        for _ in range(count):
            made.start()
        installation.wait_for_node("helper-")
        yield made


def _paths(installation: Installation) -> list[str]:
    return installation.extra["PYTHONPATH"].split(":")

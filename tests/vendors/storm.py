"""Weather: faults that a vendor has by chance, the same ones for the same seed."""

import math
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, Protocol

from llmock.scenarios import Delay, Fail, Plan, ToolFault


@dataclass(frozen=True)
class Broken(Plan):
    """An answer that does not arrive whole: ``cut`` in the middle of its JSON, or ``dropped`` on its way.

    Or it ``drips`` in, byte by byte; or in its place stands a ``page`` of HTML, or JSON of ``nothing``.
    """

    how: Literal["cut", "dropped", "drips", "page", "nothing"] = "cut"


class Weather(Protocol):
    """What happens to requests."""

    def strike(self) -> Plan:
        """What happens to the next one."""


@dataclass
class Pace:
    """Answers that take a while: log-normal seconds with this mean, the same each time where sigma is 0."""

    mean: float = 1.0
    sigma: float = 0.0
    seed: int = 7

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)

    def strike(self) -> Plan:
        """The next answer, after its time."""
        location = math.log(self.mean) - self.sigma**2 / 2
        return Plan(delay=Delay(self._random.lognormvariate(location, self.sigma)))


@dataclass
class Spell:
    """These faults, one a request; then it is calm."""

    plans: list[Plan]

    def strike(self) -> Plan:
        """The next fault."""
        return self.plans.pop(0) if self.plans else Plan()


@dataclass
class Storm:
    """Three in ten requests are refused with a Retry-After, one in ten fails; some hang or are malformed."""

    seed: int = 10
    refused: float = 0.30
    failed: float = 0.10
    hanging: float = 0.02
    malformed: float = 0.02  # each: arguments that are no JSON, a tool that there is not, …
    broken: float = 0.02  # each: … an answer cut in the middle, and one whose connection is dropped
    retry_after: float = 0.3  # seconds
    hang: float = 8.0  # seconds; longer than an account's timeout
    had: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)
        self._kinds: dict[str, tuple[float, Callable[[], Plan]]] = {
            "refused": (self.refused, lambda: Plan(fail=Fail(429, retry_after=self.retry_after))),
            "failed": (self.failed, lambda: Plan(fail=Fail(self._random.choice([500, 502, 503, 529])))),
            "hanging": (self.hanging, lambda: Plan(delay=Delay(self.hang))),
            "malformed": (self.malformed, lambda: Plan(tool_fault=ToolFault("malformed_arguments"))),
            "unknown": (self.malformed, lambda: Plan(tool_fault=ToolFault("unknown_tool"))),
            "cut": (self.broken, lambda: Broken(how="cut")),
            "dropped": (self.broken, lambda: Broken(how="dropped")),
        }

    def strike(self) -> Plan:
        """What happens to the next request."""
        left = self._random.random()
        for kind, (chance, plan) in self._kinds.items():
            if left < chance:
                self.had[kind] = self.had.get(kind, 0) + 1
                return plan()
            left -= chance
        return Plan()

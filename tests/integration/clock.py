"""Time in a test's hands."""

from dataclasses import dataclass


@dataclass
class Clock:
    """Stands where a module has `time`. It begins in 2026, and no two readings of it are the same."""

    now: float = 1_770_000_000.0

    def time(self) -> float:
        """Unix seconds."""
        self.now += 0.0001
        return self.now

    def monotonic(self) -> float:
        """Seconds since some moment."""
        return self.time()

    def pass_by(self, seconds: float) -> None:
        """Let time pass."""
        self.now += seconds

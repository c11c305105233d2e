"""Time that passes only when a test says so."""

from dataclasses import dataclass


@dataclass
class Clock:
    """Stands where a module has `time`; it begins in 2026."""

    now: float = 1_770_000_000.0

    def time(self) -> float:
        """Unix seconds."""
        return self.now

    def pass_by(self, seconds: float) -> None:
        """Let time pass."""
        self.now += seconds

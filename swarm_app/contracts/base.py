"""What all contracts share: frozen, keyword-only, and strict about unknown fields."""

from pydantic import BaseModel, ConfigDict


class Contract(BaseModel):
    """A value that crosses a process boundary as JSON."""

    model_config = ConfigDict(frozen=True, extra="forbid")

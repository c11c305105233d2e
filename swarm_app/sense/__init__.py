"""What a sentence says, beyond the words it is made of: its no, its figures, who does what to whom."""

from swarm_app.sense.alike import conflict, same
from swarm_app.sense.denial import denies

__all__ = ["conflict", "denies", "same"]

"""A brief within the window of its model: what does not fit is left out whole, the last and least first."""

from swarm_app.contracts.research import Brief
from swarm_app.documents.tokens import count
from workers.models import prompt

_ORDER = ("open_questions", "contradictions", "claims")  # from what is left out first


def fitting(brief: Brief, room: int) -> tuple[Brief, int]:
    """The brief whose words take at most ``room`` tokens, and how many items of it were left out.

    Lines that others have cited, and what peers found, are only hints, and go uncounted. The question and the
    angle stay in any case.
    """
    fitted, left_out = brief, 0
    if count(prompt.task(fitted)) > room:
        fitted = fitted.model_copy(update={"known": ()})
    while fitted.insights and count(prompt.task(fitted)) > room:
        fitted = fitted.model_copy(update={"insights": fitted.insights[:-1]})
    for name in _ORDER:
        while getattr(fitted, name) and count(prompt.task(fitted)) > room:
            fitted = fitted.model_copy(update={name: getattr(fitted, name)[:-1]})
            left_out += 1
    return fitted, left_out

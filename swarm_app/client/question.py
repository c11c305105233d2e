"""A question as it is put: what a person may ask, and what is refused at the door."""

from swarm_app.client.given import words_of
from swarm_app.documents.roots import citable
from swarm_app.errors import UsageError

MOST_CHARACTERS = 20_000  # every brief carries the question


def question_of(text: str) -> str:
    """The question on one line. Raises `UsageError` for what is none, or is as long as a document."""
    words_of(question=text)
    asked = " ".join(text.split())
    if not asked:
        raise UsageError("The question is empty. Ask something, in quotes.")
    if len(asked) > MOST_CHARACTERS:
        raise UsageError(
            f"The question has {len(asked):,} characters, and may have {MOST_CHARACTERS:,}. Ask in "
            "short, and put what is long into a document: it is searched and cited there."
        )
    if not citable(asked):
        raise UsageError("The question holds control characters, or is not UTF-8 text. Type it again.")
    return asked

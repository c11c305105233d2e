"""The lines that a citation names, as they stand in the document."""

from swarm_app.contracts.documents import Citation
from swarm_app.report.source import DocumentReader

_ROOM = 200  # characters that lines may hold beside the words quoted from them


def passage(citation: Citation, documents: DocumentReader) -> str:
    """The cited lines with their own layout; the quote alone where they say much more than it."""
    lines = documents.lines(citation.sha256, citation.start, citation.end)
    text = "".join(lines or ())
    return text if 0 < len(text) <= len(citation.quote) * 2 + _ROOM else citation.quote

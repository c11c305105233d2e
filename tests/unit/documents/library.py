"""What a load puts documents into, in memory."""

from collections.abc import Mapping, Sequence

from swarm_app.contracts.documents import Document


class Shelf:
    """Keeps documents by their content, and counts what was put there."""

    def __init__(self) -> None:
        self.documents: dict[str, Document] = {}
        self.lines: dict[str, Sequence[str]] = {}
        self.puts: list[str] = []

    def known(self, sha256s: Sequence[str]) -> Mapping[str, Document]:
        return {sha256: self.documents[sha256] for sha256 in sha256s if sha256 in self.documents}

    def put(self, documents: Sequence[tuple[Document, Sequence[str]]]) -> None:
        for document, lines in documents:
            self.puts.append(document.path)
            self.documents.setdefault(document.sha256, document)
            self.lines.setdefault(document.sha256, lines)

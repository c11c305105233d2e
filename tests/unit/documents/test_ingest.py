from pathlib import Path

import pytest

from swarm_app.documents.ingest import Collection, ingest
from swarm_app.errors import DocumentError

LINE = "one two three four\n"  # 5 tokens


def load(*paths: Path, capacity: int = 200_000) -> Collection:
    return ingest(paths, capacity=capacity, max_bytes=10_000)


def folder(path: Path, **files: str | bytes) -> Path:
    """A folder with these Markdown files, name -> content."""
    path.mkdir()
    for name, content in files.items():
        (path / f"{name}.md").write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_a_collection_tells_what_it_holds(tmp_path: Path) -> None:
    docs = folder(tmp_path / "docs", a=LINE, b=LINE * 3)
    collection = load(docs)
    assert [text.document.path for text in collection.texts] == ["docs/a.md", "docs/b.md"]
    assert (collection.documents, collection.lines, collection.tokens) == (2, 4, 20)
    assert collection.roots == {"docs": str(docs)}
    assert collection.skipped == ()


def test_documents_are_dealt_out_to_shards(tmp_path: Path) -> None:
    docs = folder(tmp_path / "docs", a=LINE * 2, b=LINE * 2, c=LINE * 5)
    shards = load(docs, capacity=20).shards
    assert [[(part.path, part.start, part.end) for part in shard] for shard in shards] == [
        [("docs/a.md", 1, 2), ("docs/b.md", 1, 2)],
        [("docs/c.md", 1, 4)],
        [("docs/c.md", 5, 5)],
    ]


def test_what_cannot_be_read_is_skipped_by_name_and_reason(tmp_path: Path) -> None:
    docs = folder(tmp_path / "docs", a=LINE, b="", c=b"\0", d="x" * 10_001, e="word " * 40)
    collection = load(docs, capacity=20)
    assert {skipped.path: skipped.reason.partition(":")[0] for skipped in collection.skipped} == {
        "docs/b.md": "empty",
        "docs/c.md": "binary",
        "docs/d.md": "too large",
        "docs/e.md": "line 1 alone has 41 tokens, and a shard holds 20",
    }


def test_the_same_content_at_two_paths_is_two_documents(tmp_path: Path) -> None:
    first, second = load(folder(tmp_path / "docs", a=LINE, b=LINE)).texts
    assert first.document.sha256 == second.document.sha256
    assert first.document.path != second.document.path


def test_progress_is_told_before_each_file_and_at_the_end(tmp_path: Path) -> None:
    docs = folder(tmp_path / "docs", a=LINE, b=LINE)
    told: list[tuple[int, int, str]] = []
    ingest([docs], capacity=20, max_bytes=100, progress=lambda *step: told.append(step))
    assert told == [(0, 2, "docs/a.md"), (1, 2, "docs/b.md"), (2, 2, "docs/b.md")]


def test_no_readable_document_is_an_error_that_names_what_was_skipped(tmp_path: Path) -> None:
    docs = folder(tmp_path / "docs", a="", b=b"\0", c="", d="")
    with pytest.raises(DocumentError, match=r"docs/a.md \(empty\); docs/b.md \(binary.*\); .*; and 1 more"):
        load(docs)


def test_an_empty_folder_is_an_error_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"No readable document in .*/docs: it is empty"):
        load(folder(tmp_path / "docs"))


def test_no_path_is_an_error() -> None:
    with pytest.raises(DocumentError, match="no path at all"):
        load()

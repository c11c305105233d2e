import hashlib
from pathlib import Path

from swarm_app.client.verify import verify
from swarm_app.contracts.documents import Citation, Verdict
from swarm_app.contracts.research import Finding, Kind

LINE = "The harbour master keeps the key of the lighthouse.\n"
SHA256 = hashlib.sha256(LINE.encode()).hexdigest()


class Shelf:
    """One document in memory."""

    def lines(self, sha256: str, start: int, end: int) -> list[str] | None:
        return [LINE][start - 1 : end] if sha256 == SHA256 else None


def verdict(path: str, roots: dict[str, str], quote: str = LINE) -> Verdict:
    """What is said today of a citation of that path."""
    cited = Citation(path=path, start=1, end=1, quote=quote, sha256=SHA256)
    finding = Finding(
        kind=Kind.CLAIM,
        summary="The harbour master has it.",
        confidence=0.5,
        citations=(cited,),
        finding_id="f",
        run_id="r",
        brief_id="b",
        pass_number=1,
        worker_id="w",
        reported_at=0.0,
    )
    return verify("r", [finding], Shelf(), roots).citations[0].verdict


def test_a_file_that_has_changed_makes_its_citations_stale(tmp_path: Path) -> None:
    (tmp_path / "keys.md").write_text(LINE, "utf-8")
    assert verdict("docs/keys.md", {"docs": str(tmp_path)}) is Verdict.VERIFIED
    (tmp_path / "keys.md").write_text("The widow keeps it.\n", "utf-8")
    assert verdict("docs/keys.md", {"docs": str(tmp_path)}) is Verdict.STALE
    (tmp_path / "keys.md").unlink()
    assert verdict("docs/keys.md", {"docs": str(tmp_path)}) is Verdict.STALE


def test_text_that_was_never_in_a_file_is_checked_against_the_store_alone(tmp_path: Path) -> None:
    assert verdict("SESSION-RESUME.md", {"docs": str(tmp_path)}) is Verdict.VERIFIED
    assert verdict("SESSION-RESUME.md", {}, "The widow keeps the key of it.") is Verdict.INVALID

from swarm_app.contracts.documents import Skipped
from swarm_app.documents.fold import fold


def skipped(path: str, reason: str = "empty") -> Skipped:
    return Skipped(path=path, reason=reason)


def told(*given: Skipped, most: int) -> list[tuple[str, str]]:
    return [(each.path, each.reason) for each in fold(given, most)]


def test_few_files_are_all_named_in_order() -> None:
    assert told(skipped("docs/b"), skipped("docs/a", "binary: NUL"), most=2) == [
        ("docs/a", "binary: NUL"),
        ("docs/b", "empty"),
    ]


def test_very_many_are_told_by_folder_and_reason_with_their_number() -> None:
    many = [skipped(f"docs/images/{number}.png", f"binary: {number}") for number in range(9)]
    assert told(*many, skipped("docs/images/x.txt"), most=5) == [
        ("docs/images/", "9 files: binary"),
        ("docs/images/x.txt", "empty"),
    ]


def test_the_deepest_folders_are_named_that_are_few_enough() -> None:
    many = [skipped(f"docs/{folder}/{deep}/{n}") for folder in "ab" for deep in "xyz" for n in range(4)]
    assert told(*many, most=6) == [(f"docs/{a}/{b}/", "4 files: empty") for a in "ab" for b in "xyz"]
    assert told(*many, most=5) == [("docs/a/", "12 files: empty"), ("docs/b/", "12 files: empty")]
    assert told(*many, most=1) == [("docs/", "24 files: empty")]

from swarm_app.contracts.documents import Document
from swarm_app.store.store import Store


def document(sha256: str = "ab" * 32) -> Document:
    return Document(path="a.txt", sha256=sha256, kind="text", size=9, lines=3, chars=9, tokens=3)


def test_lines_come_back_as_they_were_with_their_own_endings(store: Store) -> None:
    store.documents.put([(document(), ["one\r\n", "two\n", "thr\u2028ee"])])
    assert store.documents.lines(document().sha256) == ["one\r\n", "two\n", "thr\u2028ee"]


def test_a_range_of_lines_counts_from_one_with_ends_included(store: Store) -> None:
    store.documents.put([(document(), ["one\n", "two\n", "three\n"])])
    assert store.documents.lines(document().sha256, 2, 3) == ["two\n", "three\n"]


def test_lines_outside_the_document_are_none(store: Store) -> None:
    store.documents.put([(document(), ["one\n"])])
    assert store.documents.lines(document().sha256, 2, 3) is None
    assert store.documents.lines(document().sha256, 0, 1) is None
    assert store.documents.lines(document().sha256, 10**30, 10**30) is None
    assert store.documents.lines(document().sha256, 1, 10**30) == ["one\n"]
    assert store.documents.lines("cd" * 32) is None


def test_a_document_that_no_shard_holds_yet_does_not_stay(store: Store) -> None:
    store.documents.put([(document(), ["one\n"])])
    ttls = [store.client.ttl(key) for key in store.documents._keys_of(document().sha256)]
    assert all(0 < ttl <= 3600 for ttl in ttls)


def test_a_document_that_is_there_is_not_written_again(store: Store) -> None:
    store.documents.put([(document(), ["one\n"])])
    keys = store.documents._keys_of(document().sha256)
    for key in keys:
        store.client.persist(key)
    store.documents.put([(document(), ["one\n"])])
    assert [store.client.ttl(key) for key in keys] == [-1, -1, -1]
    assert store.documents.lines(document().sha256) == ["one\n"]


def test_only_documents_that_are_whole_are_known(store: Store) -> None:
    whole, torn = document(), document("cd" * 32)
    store.documents.put([(whole, ["one\n"]), (torn, ["two\n"])])
    store.client.delete(store.documents._keys_of(torn.sha256)[0])
    assert store.documents.known([torn.sha256, whole.sha256, "ef" * 32]) == {whole.sha256: whole}


def test_a_long_document_is_stored_whole(store: Store) -> None:
    lines = [f"line {number}\n" for number in range(5_001)]
    store.documents.put([(document(), lines)])
    assert store.documents.lines(document().sha256) == lines


def test_a_slice_is_the_text_of_its_lines_and_knows_the_offset_of_its_first_character(store: Store) -> None:
    lines = ["eins\r\n", "zw\u00f6lf\n", "drei"]
    store.documents.put([(document(), lines)])
    assert store.documents.slice(document().sha256, 2, 3) == ("zw\u00f6lf\ndrei", 2, 6)
    assert store.documents.slice(document().sha256, 3, 99) == ("drei", 1, 12)


def test_a_slice_outside_the_document_is_none(store: Store) -> None:
    store.documents.put([(document(), ["one\n"])])
    assert store.documents.slice(document().sha256, 2, 2) is None
    assert store.documents.slice(document().sha256, 0, 1) is None
    assert store.documents.slice(document().sha256, 10**30, 10**30) is None
    assert store.documents.slice(document().sha256, 1, 10**30) == ("one\n", 1, 0)
    assert store.documents.slice("cd" * 32, 1, 1) is None


def test_the_text_of_a_document_is_all_of_its_lines(store: Store) -> None:
    for count, sha256 in ((1, "ab" * 32), (2_000, "cd" * 32), (4_001, "ef" * 32)):
        lines = [f"line {number}\r\n" for number in range(count)]
        store.documents.put([(document(sha256), lines)])
        assert store.documents.text(sha256) == "".join(lines)
    assert store.documents.text("00" * 32) is None

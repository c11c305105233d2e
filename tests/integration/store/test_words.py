from swarm_app.contracts.documents import Document, Part, Shard
from swarm_app.store.store import Store

DOCUMENT = Document(path="a.md", sha256="ab" * 32, kind="text", size=9, lines=1, chars=9, tokens=9)
WHOLE = Part(path="a.md", sha256=DOCUMENT.sha256, kind="text", start=1, end=1, tokens=9)


def held(store: Store, name: str, *parts: Part) -> int:
    """The version of a shard that now holds these parts."""
    store.documents.put([(DOCUMENT, ["The king.\n"])])
    return store.shards.put(Shard(name=name, capacity=1000), parts).version


def test_what_shards_know_of_words_is_found_by_word(store: Store) -> None:
    store.words.put("history", held(store, "history"), 10, {"treati": (1, 4, 9), "king": (2, 5, 9)})
    store.words.put("physics", held(store, "physics"), 30, {"quark": (3, 3, 3)})
    assert store.words.find(["history", "physics"], ["king", "quark"]) == [
        (10, {"king": (2, 5, 9)}),
        (30, {"quark": (3, 3, 3)}),
    ]


def test_a_word_that_is_gone_after_a_load_is_forgotten(store: Store) -> None:
    version = held(store, "history")
    store.words.put("history", version, 10, {"treati": (1, 4, 9)})
    store.words.put("history", version, 2, {"king": (1, 1, 1)})
    assert store.words.find(["history"], ["treati", "king"]) == [(2, {"king": (1, 1, 1)})]


def test_a_shard_that_has_not_said_counts_for_nothing(store: Store) -> None:
    assert store.words.find(["history"], ["king"]) == []


def test_a_shard_that_is_dropped_takes_its_words_along(store: Store) -> None:
    store.words.put("history", held(store, "history"), 10, {"king": (1, 1, 1)})
    store.shards.drop("history")
    assert store.words.find(["history"], ["king"]) == []


def test_a_shard_that_was_dropped_while_a_node_loaded_it_leaves_no_words(store: Store) -> None:
    version = held(store, "history")
    store.shards.drop("history")
    store.words.put("history", version, 10, {"king": (1, 1, 1)})
    assert store.words.find(["history"], ["king"]) == []


def test_a_node_that_loaded_what_a_shard_no_longer_holds_replaces_no_words(store: Store) -> None:
    behind = held(store, "history")
    store.words.put("history", held(store, "history", WHOLE), 10, {"king": (1, 1, 1)})
    store.words.put("history", behind, 2, {"treati": (1, 1, 1)})
    assert store.words.find(["history"], ["king"]) == [(10, {"king": (1, 1, 1)})]

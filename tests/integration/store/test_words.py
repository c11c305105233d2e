from swarm_app.contracts.documents import Shard
from swarm_app.store.store import Store


def test_what_shards_know_of_words_is_found_by_word(store: Store) -> None:
    store.words.put("history", 10, {"treati": (1, 4, 9), "king": (2, 5, 9)})
    store.words.put("physics", 30, {"quark": (3, 3, 3)})
    assert store.words.find(["history", "physics"], ["king", "quark"]) == [
        (10, {"king": (2, 5, 9)}),
        (30, {"quark": (3, 3, 3)}),
    ]


def test_a_word_that_is_gone_after_a_load_is_forgotten(store: Store) -> None:
    store.words.put("history", 10, {"treati": (1, 4, 9)})
    store.words.put("history", 2, {"king": (1, 1, 1)})
    assert store.words.find(["history"], ["treati", "king"]) == [(2, {"king": (1, 1, 1)})]


def test_a_shard_that_has_not_said_counts_for_nothing(store: Store) -> None:
    assert store.words.find(["history"], ["king"]) == []


def test_a_shard_that_is_dropped_takes_its_words_along(store: Store) -> None:
    store.shards.put(Shard(name="history", capacity=1000), [])
    store.words.put("history", 10, {"king": (1, 1, 1)})
    store.shards.drop("history")
    assert store.words.find(["history"], ["king"]) == []

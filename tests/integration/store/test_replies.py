import threading

from swarm_app.store.store import Store

DEADLINE = 5.0  # seconds that a test waits for what will come


def test_all_answers_to_a_request_are_read_in_the_order_they_came(store: Store) -> None:
    for answer in ("one", "two"):
        store.replies.send("request", answer)
    assert list(store.replies.wait("request", 2, DEADLINE)) == ["one", "two"]


def test_an_answer_is_waited_for(store: Store) -> None:
    shard = threading.Timer(0.05, store.replies.send, ("request", "late"))
    shard.start()
    assert list(store.replies.wait("request", 1, DEADLINE)) == ["late"]
    shard.join()


def test_when_time_is_up_the_answers_so_far_are_all(store: Store) -> None:
    store.replies.send("request", "one")
    assert list(store.replies.wait("request", 2, 0.05)) == ["one"]


def test_an_answer_to_another_request_is_not_read(store: Store) -> None:
    store.replies.send("other", "one")
    assert list(store.replies.wait("request", 1, 0.05)) == []

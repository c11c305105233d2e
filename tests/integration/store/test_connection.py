import threading
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from swarm_app.errors import ServerError
from swarm_app.store.address import address, without_password
from swarm_app.store.connection import Client, check, connect
from swarm_app.store.store import Store


@pytest.fixture
def reader(store: Store, server_url: str) -> Iterator[str]:
    """The URL of a user who may only read, with the password "secret"."""
    store.client.acl_setuser(
        "reader", enabled=True, passwords=["+secret"], keys=["*"], categories=["+@read", "+@connection"]
    )
    yield _with_login(server_url, "reader:secret")
    store.client.acl_deluser("reader")


@pytest.fixture
def full(store: Store) -> Iterator[Client]:
    """The server, out of memory."""
    store.client.config_set("maxmemory", 1)
    yield store.client
    store.client.config_set("maxmemory", 0)


def _with_login(url: str, login: str) -> str:
    return urlsplit(url)._replace(netloc=f"{login}@").geturl()


def _said_by(url: str) -> str:
    client = connect(url)
    with pytest.raises(ServerError) as refused:
        client.set("key", "value")
    client.close()
    return str(refused.value)


def test_a_server_that_is_new_enough_says_its_version(store: Store) -> None:
    assert int(check(store.client).split(".")[0]) >= 6


def test_a_socket_with_a_database_is_reached(server_url: str) -> None:
    client = connect(f"{server_url}?virtual_host=2")
    assert client.client_info()["db"] == 2
    client.close()


def test_other_addresses_stay_as_they_are() -> None:
    assert address("rediss://user@host:1/2") == "rediss://user@host:1/2"


def test_a_password_is_not_shown() -> None:
    assert without_password("redis://bob:secret@host:1/2") == "redis://bob:***@host:1/2"


def test_an_address_without_a_password_is_shown_whole() -> None:
    assert without_password("redis+socket:///run/a.sock") == "redis+socket:///run/a.sock"


def test_a_port_that_is_no_number_is_said_to_be_wrong() -> None:
    with pytest.raises(ServerError, match=r"SWARM_REDIS_URL: .*Write redis://"):
        connect("redis://host:port/0")


def test_a_server_that_is_not_there_is_said_to_be_unreachable() -> None:
    assert "is unreachable" in _said_by("redis+socket:///nowhere/server.sock")


def test_a_wrong_password_is_said_to_be_refused_and_not_shown(reader: str) -> None:
    said = _said_by(reader.replace("secret", "guess"))
    assert "refused the user or password" in said
    assert "guess" not in said


def test_a_user_without_the_right_is_told_to_mend_the_acl(reader: str) -> None:
    assert "Mend its ACL" in _said_by(reader)


def test_a_server_without_room_says_so(full: Client) -> None:
    with pytest.raises(ServerError, match=r"cannot write .*Make room"):
        full.set("key", "value")


def test_a_server_without_room_says_so_to_several_commands_at_once(full: Client) -> None:
    pipe = full.pipeline().set("key", "value").set("another", "value")
    with pytest.raises(ServerError, match="cannot write"):
        pipe.execute()


def test_who_is_patient_waits_until_there_is_room(full: Client, server_url: str) -> None:
    patient = connect(server_url, patient=True)
    room = threading.Timer(0.05, full.config_set, ("maxmemory", 0))
    room.start()
    assert patient.set("key", "value")
    patient.delete("key")
    room.join()
    patient.close()

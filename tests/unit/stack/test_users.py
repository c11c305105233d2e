import asyncio
from collections.abc import Callable

from swarm_app.stack.users import Users

_AGES = 600.0  # seconds, longer than any test


def stays(prepare: Callable[[Users], None], then: Callable[[Users], None]) -> bool:
    """Whether the stack was still waited for before ``then``; it must not be after it."""

    async def waited() -> bool:
        users = Users()
        prepare(users)
        alone = asyncio.create_task(users.stay_away(0))
        done, _ = await asyncio.wait([alone], timeout=0.05)
        then(users)
        await asyncio.wait_for(alone, _AGES)
        return not done

    return asyncio.run(waited())


def test_a_stack_without_users_is_alone() -> None:
    assert not stays(lambda _: None, lambda _: None)


def test_a_stack_is_alone_when_its_last_connection_has_closed() -> None:
    def two(users: Users) -> None:
        users.add("one", 1)
        users.add("other", 2)
        users.remove("one")

    assert stays(two, lambda users: users.remove("other"))


def test_a_pinned_stack_is_not_alone() -> None:
    def pin(users: Users) -> None:
        users.pinned = True

    def unpin(users: Users) -> None:
        users.pinned = False

    assert stays(pin, unpin)


def test_a_user_who_comes_while_the_stack_lingers_keeps_it() -> None:
    async def lingers() -> bool:
        users = Users()
        alone = asyncio.create_task(users.stay_away(_AGES))
        await asyncio.sleep(0)
        users.add("late", 1)
        came = await users.come(_AGES)
        alone.cancel()
        return came

    assert asyncio.run(lingers())


def test_a_process_with_two_connections_is_one_user() -> None:
    users = Users()
    users.add("one", 7)
    users.add("other", 7)
    assert users.pids == [7]

"""Workers at rest are called one by one, and no call is lost."""

import asyncio
from collections.abc import Callable, Coroutine

from bot.lanes import Lanes

LONG = 60.0  # seconds nobody waits here: whoever is not called would make the test hang visibly


def in_a_loop(talk: Callable[[Lanes], Coroutine[None, None, None]]) -> None:
    """Run a talk with new lanes in a loop of its own."""
    asyncio.run(asyncio.wait_for(talk(Lanes()), LONG / 2))


def test_one_call_wakes_one_worker_the_one_that_rests_longest() -> None:
    async def talk(lanes: Lanes) -> None:
        first, second = (asyncio.create_task(lanes.rest(LONG)) for _ in range(2))
        await asyncio.sleep(0)
        lanes.call()
        await first
        assert not second.done()
        lanes.call()
        await second

    in_a_loop(talk)


def test_a_call_while_all_are_at_work_makes_the_next_one_look_once_more() -> None:
    async def talk(lanes: Lanes) -> None:
        lanes.call()
        await lanes.rest(LONG)
        again = asyncio.create_task(lanes.rest(LONG))
        await asyncio.sleep(0)
        assert not again.done()
        lanes.call()
        await again

    in_a_loop(talk)


def test_who_was_called_by_nobody_looks_after_its_rest_and_takes_no_call_with_it() -> None:
    async def talk(lanes: Lanes) -> None:
        await lanes.rest(0)
        lanes.call()
        await lanes.rest(LONG)

    in_a_loop(talk)

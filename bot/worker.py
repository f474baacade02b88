"""The background of one process: what every channel needs done. One thread, one loop."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from threading import Event, Thread

import structlog

from api.web.site import Site
from bot.channel import Channel
from bot.checking import watch
from bot.deliverer import Deliverer
from bot.inbox import Inbox
from bot.lanes import Lanes
from bot.link import Link, Task
from bot.media import MediaFetcher

log = structlog.get_logger(__name__)

_IDLE = 1.0  # seconds between looks at the outbox when nobody wakes us
_LANES = 3  # steps of delivery under way together
_LOOK = 0.25  # seconds between looks at lines that may be read
_AFTER_A_BREAK = 30.0  # seconds before a broken task is begun again


class Worker:
    """Runs beside the web server until stopped; what it leaves is taken up by the next start."""

    def __init__(self, site: Site, links: Sequence[Link]) -> None:
        self._site = site
        self._links = [link for link in links if link.channel or link.tasks]
        self._inbox: Inbox | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._lanes: list[Lanes] = []
        self._ready = Event()
        self._thread: Thread | None = None

    def take_to(self, inbox: Inbox) -> None:
        """Say where the updates go that tasks bring in."""
        self._inbox = inbox

    def start(self) -> None:
        """Start the thread where there is a channel that pushes; returns when it listens."""
        if self._links:
            self._thread = Thread(target=self._run, name="pakn-worker", daemon=True)
            self._thread.start()
            self._ready.wait()

    def wake(self) -> None:
        """Look at the outbox now; safe from any thread and at any time."""
        loop = self._loop
        if loop and loop.is_running():
            loop.call_soon_threadsafe(self._call)

    def stop(self) -> None:
        """Stop and wait for what is being sent."""
        loop, thread = self._loop, self._thread
        if loop and thread:
            loop.call_soon_threadsafe(self._cancel)
            thread.join(timeout=15)
            self._thread = None

    def _run(self) -> None:
        with asyncio.Runner() as runner:
            self._loop = runner.get_loop()
            try:
                runner.run(self._work())
            except asyncio.CancelledError:
                log.info("worker stopped")

    def _call(self) -> None:
        for lanes in self._lanes:
            lanes.call()

    def _cancel(self) -> None:
        for task in asyncio.all_tasks(self._loop):
            task.cancel()

    async def _work(self) -> None:
        self._ready.set()
        async with AsyncExitStack() as stack, asyncio.TaskGroup() as group:
            if self._inbox:
                group.create_task(self._gather(self._inbox))
            group.create_task(watch(self._site, self._links))
            for link in self._links:
                await stack.enter_async_context(link.opened())
                if link.channel:
                    self._serve(group, link.channel)
                if self._inbox:
                    for task in link.tasks:
                        group.create_task(_kept_up(link.name, task, self._inbox))

    async def _gather(self, inbox: Inbox) -> None:
        """Read the lines that people sent in a burst, once they pause."""
        while True:
            try:
                read = await asyncio.to_thread(inbox.read_lines)
            except Exception:
                log.exception("lines not read")
                read = 0
            if not read:
                await asyncio.sleep(_LOOK)

    def _serve(self, group: asyncio.TaskGroup, channel: Channel) -> None:
        """Deliver in a few lanes, so that a platform that hangs on one person holds up few."""
        site = self._site
        deliverer = Deliverer(site.database, channel, site.files, site.clock)
        fetcher = MediaFetcher(site.database, channel, site.files, site.clock)
        lanes = Lanes()
        self._lanes.append(lanes)
        for _ in range(_LANES):
            group.create_task(_repeat(channel.name, deliverer.step, lanes))
        group.create_task(_repeat(channel.name, fetcher.step, Lanes()))  # looks by itself


async def _repeat(channel: str, step: Callable[[], Awaitable[int]], lanes: Lanes) -> None:
    """Work step by step; look again when woken, or after a while."""
    while True:
        try:
            worked = await step()
        except Exception:
            log.exception("delivery step failed", channel=channel)
            worked = 0
        if not worked:
            await lanes.rest(_IDLE)


async def _kept_up(name: str, task: Task, inbox: Inbox) -> None:
    """Run a task of a channel to its end; one that breaks is begun again after a while."""
    while True:
        try:
            return await task(inbox)
        except Exception:
            log.exception("task of a channel broke", channel=name)
            await asyncio.sleep(_AFTER_A_BREAK)

"""The background of one process: delivering, fetching files, polling. One thread, one loop."""

import asyncio
from threading import Event, Thread

import structlog
from telegram.error import TelegramError

from api.web.site import Site
from bot.deliverer import Deliverer
from bot.inbox import Inbox
from bot.media import MediaFetcher
from bot.telegram.poll import Poller
from bot.telegram.receive import ALLOWED
from bot.telegram.send import TelegramChannel

log = structlog.get_logger(__name__)

_IDLE = 1.0  # seconds between looks at the outbox when nobody wakes us


class Worker:
    """Runs beside the web server until stopped; what it leaves is taken up by the next start."""

    def __init__(self, site: Site, telegram: TelegramChannel | None) -> None:
        self._site = site
        self._telegram = telegram
        self._inbox: Inbox | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._called: asyncio.Event | None = None
        self._ready = Event()
        self._thread: Thread | None = None

    def poll_with(self, inbox: Inbox) -> None:
        """Say where polled updates go."""
        self._inbox = inbox

    def start(self) -> None:
        """Start the thread where there is a channel that pushes; returns when it listens."""
        if self._telegram:
            self._thread = Thread(target=self._run, name="pakn-worker", daemon=True)
            self._thread.start()
            self._ready.wait()

    def wake(self) -> None:
        """Look at the outbox now; safe from any thread and at any time."""
        loop, called = self._loop, self._called
        if loop and called and loop.is_running():
            loop.call_soon_threadsafe(called.set)

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

    def _cancel(self) -> None:
        for task in asyncio.all_tasks(self._loop):
            task.cancel()

    async def _work(self) -> None:
        assert self._telegram is not None  # noqa: S101  # start() checked
        self._called = asyncio.Event()
        self._ready.set()
        async with self._telegram.opened() as bot, asyncio.TaskGroup() as group:
            group.create_task(self._announce())
            group.create_task(self._deliver())
            if self._inbox and self._site.settings.telegram_mode == "polling":
                group.create_task(Poller(bot, self._inbox).run())

    async def _announce(self) -> None:
        """Tell Telegram how we take updates; tried until it is told."""
        settings = self._site.settings
        assert self._telegram is not None  # noqa: S101
        pause = 1.0
        while True:
            try:
                if settings.telegram_mode == "webhook":
                    await self._telegram.bot.set_webhook(
                        f"{settings.public_url}/telegram/webhook",
                        secret_token=settings.telegram_secret.get_secret_value(),
                        allowed_updates=ALLOWED,
                    )
                else:
                    await self._telegram.bot.delete_webhook()
            except TelegramError as error:
                log.warning("telegram not reached", error=type(error).__name__, pause=pause)
                await asyncio.sleep(pause)
                pause = min(pause * 2, 60.0)
            else:
                return

    async def _deliver(self) -> None:
        site = self._site
        assert self._telegram is not None  # noqa: S101
        assert self._called is not None  # noqa: S101
        deliverer = Deliverer(site.database, self._telegram, site.files, site.clock)
        fetcher = MediaFetcher(site.database, self._telegram, site.files, site.clock)
        while True:
            self._called.clear()
            try:
                worked = await deliverer.step() + await fetcher.step()
            except Exception:
                log.exception("delivery step failed")
                worked = 0
            if not worked:
                try:
                    await asyncio.wait_for(self._called.wait(), _IDLE)
                except TimeoutError:
                    continue

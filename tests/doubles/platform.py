"""What the stand-ins of platforms share: an app, and a thread that posts while it serves."""

import contextlib
import threading
from collections.abc import AsyncIterator
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.types import Receive, Scope, Send


class Posting:
    """A thread that posts to the webhook; ``timeout`` of one post in seconds."""

    name = ""

    def __init__(self, timeout: float) -> None:
        self._timeout = timeout
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Start the thread; it idles while no webhook is set."""
        self._thread = threading.Thread(target=self._run, name=self.name, daemon=True)
        self._thread.start()

    def join(self) -> None:
        """Wait for the thread to end, after ``world.closed``."""
        if self._thread is not None:
            self._thread.join(self._timeout + 5)
            self._thread = None

    def _run(self) -> None:
        raise NotImplementedError


class Platform:
    """An ASGI app that ends hanging answers and its deliveries when it is closed."""

    world: Any  # what each of them remembers, with a lock and closed
    _app: Starlette
    _deliverer: Posting

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The ASGI entry."""
        await self._app(scope, receive, send)

    def close(self) -> None:
        """End polls, hanging answers and the delivery of updates."""
        with self.world.lock:
            self.world.closed = True
            self.world.lock.notify_all()
        self._deliverer.join()

    @contextlib.asynccontextmanager
    async def _lifespan(self, _app: Starlette) -> AsyncIterator[None]:
        self.world.closed = False
        self._deliverer.start()
        yield
        await run_in_threadpool(self.close)

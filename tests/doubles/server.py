"""Runs an ASGI app on a free loopback port for as long as a ``with`` block lasts."""

import contextlib
import socket
import threading
from collections.abc import Iterator
from typing import Any

import uvicorn

START_SECONDS = 20.0
STOP_SECONDS = 20.0


class _Server(uvicorn.Server):
    """A uvicorn server that tells when it accepts connections."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.settled = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Starts, then wakes whoever waits for ``settled``."""
        await super().startup(sockets)
        self.settled.set()

    def work(self, listener: socket.socket) -> None:
        """Serves until told to stop; ``settled`` is set even when the app fails to start."""
        try:
            with contextlib.suppress(SystemExit):
                self.run(sockets=[listener])
        finally:
            listener.close()
            self.settled.set()


def _listen() -> tuple[socket.socket, int]:
    """A listener that names TCP, which asyncio wants to see before it sets TCP_NODELAY."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.bind(("127.0.0.1", 0))
    listener.listen()
    return listener, listener.getsockname()[1]


@contextlib.contextmanager
def serve(app: Any) -> Iterator[str]:
    """Yields the base URL (``http://127.0.0.1:port``, no slash at the end) of the running app.

    The app's lifespan runs. On leaving, an app that has a ``close()`` method is told first, so
    that requests it holds open can end; then the server stops and its thread is joined.
    """
    listener, port = _listen()
    config = uvicorn.Config(
        app, http="h11", ws="none", log_config=None, access_log=False, timeout_graceful_shutdown=5
    )
    server = _Server(config)
    thread = threading.Thread(target=server.work, args=[listener], name=f"serve-{port}")
    thread.start()
    try:
        server.settled.wait(START_SECONDS)
        if not server.started:
            raise RuntimeError("the app did not start")
        yield f"http://127.0.0.1:{port}"
    finally:
        close = getattr(app, "close", None)
        if callable(close):
            close()
        server.should_exit = True
        thread.join(STOP_SECONDS)
        if thread.is_alive():
            raise RuntimeError("the app did not stop")

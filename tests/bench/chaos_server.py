"""Server processes for the chaos run and for the measure of speed.

Arguments: the descriptor of a listening socket, and "service" (the whole installation, whose
conversation breaks on POISON) or "bare" (a route that inserts and commits one row, no more).
Settings come from PAKN_* as for `pakn serve`.
"""

import socket
import sys
from typing import Any

import uvicorn
from fastapi import FastAPI, Request
from fastapi.concurrency import run_in_threadpool

import bot.inbox
from api import clock, logs
from api.chats.models import Handling, Update
from api.db import Database
from api.settings import Settings
from bot.dialogue.model import Desk, Draft, Input, Turn
from bot.service import build, open_site

POISON = "thuốc độc"


def poisoned(draft: Draft, given: Input, desk: Desk) -> Turn:
    """Take a turn, and break on a message that nothing can handle."""
    if POISON in given.text:
        raise RuntimeError("poison")
    return bot.dialogue.engine.turn(draft, given, desk)


def bare(settings: Settings) -> FastAPI:
    """Return an application whose only route keeps one row, as durably as ours."""
    database = Database(settings.database, settings.pool_size)
    app = FastAPI()

    def keep(raw: dict[str, Any]) -> None:
        with database.writing() as session:
            key = str(raw["update_id"])
            row = Update(channel="bare", key=key, raw=raw, received_at=clock.now())
            row.handling = Handling.DONE
            session.add(row)

    @app.post("/telegram/webhook")
    async def receive(request: Request) -> dict[str, bool]:
        await run_in_threadpool(keep, await request.json())
        return {"ok": True}

    return app


class _Server(uvicorn.Server):
    """Tells on its output when it answers."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then say so."""
        await super().startup(sockets)
        print("ready", flush=True)


def main(descriptor: str, what: str) -> None:
    """Serve on the given socket until killed."""
    settings = Settings()
    logs.configure(settings.log_format)  # to standard error: nobody reads our output after "ready"
    if what == "bare":
        app = bare(settings)
    else:
        bot.inbox.turn = poisoned
        app = build(open_site(settings)).app
    config = uvicorn.Config(app, fd=int(descriptor), log_level="critical", ws="none")
    _Server(config).run()


if __name__ == "__main__":
    main(*sys.argv[1:])

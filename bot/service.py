"""The composition root: the tracker's web application with channels and worker around it."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass

import anyio.to_thread
from fastapi import FastAPI
from sqlmodel import select
from telegram import Bot
from telegram.request import HTTPXRequest

from api import clock as clocks
from api.app import create_app
from api.cases.office import Office
from api.catalogue.desk import CatalogueDesk, in_thread
from api.chats.models import Update
from api.clock import Clock
from api.db import Database
from api.files.store import FileStore
from api.jobs.timekeeper import Timekeeper
from api.migrations import migrate
from api.people.models import Unit
from api.settings import Settings
from api.web.site import Site
from bot.inbox import Inbox, Received
from bot.telegram import receive as telegram_receive
from bot.telegram import webhook as telegram_webhook
from bot.telegram.send import TelegramChannel
from bot.webchat import embed as webchat_embed
from bot.webchat import kiosk as webchat_kiosk
from bot.webchat import routes as webchat
from bot.worker import Worker
from knowledge.segmentation import warm_up
from knowledge.triage import TriageReader


@dataclass(frozen=True)
class Service:
    """Everything of one installation in one process."""

    site: Site
    inbox: Inbox
    worker: Worker
    app: FastAPI


def open_site(settings: Settings, clock: Clock = clocks.now) -> Site:
    """Open the database (made and migrated where needed) and return the installation."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    database = Database(settings.database, settings.pool_size)
    migrate(database.engine)
    unit_id = _unit(database, settings)
    return Site(
        settings=settings,
        database=database,
        office=Office.of(unit_id, settings),
        catalogue=CatalogueDesk(unit_id, clock=clock, start=in_thread),
        files=FileStore(settings.files_dir, settings.max_file_mb * 2**20),
        clock=clock,
    )


def build(site: Site) -> Service:
    """Put the conversation, its channels and the worker around a site."""
    channel = telegram_channel(site.settings)
    worker = Worker(site, channel)
    inbox = Inbox(
        database=site.database,
        settings=site.settings,
        office=site.office,
        catalogue=site.catalogue,
        reader=TriageReader.shipped(),
        files=site.files,
        clock=site.clock,
        wake=worker.wake,
    )
    worker.poll_with(inbox)
    app = create_app(site, lifespan=_lifespan(site, worker))
    app.include_router(webchat.router(inbox, site.settings.chat_per_minute))
    app.include_router(webchat_kiosk.router)
    app.include_router(webchat_embed.router)
    secret = site.settings.telegram_secret.get_secret_value()
    if channel and site.settings.telegram_mode == "webhook":
        app.include_router(telegram_webhook.router(inbox, secret))
    app.state.handle_again = _handle_again(inbox)
    return Service(site, inbox, worker, app)


def telegram_channel(settings: Settings) -> TelegramChannel | None:
    """Return the channel of the settings, or None where Telegram is off."""
    token = settings.telegram_token.get_secret_value()
    if not token:
        return None
    requests = (
        HTTPXRequest(connection_pool_size=8, read_timeout=20, connect_timeout=10),
        HTTPXRequest(connection_pool_size=1, read_timeout=40),
    )
    bot = Bot(
        token,
        base_url=settings.telegram_base_url,
        base_file_url=settings.telegram_file_url,
        request=requests[0],
        get_updates_request=requests[1],
    )
    return TelegramChannel(bot, requests)


def _lifespan(site: Site, worker: Worker) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        anyio.to_thread.current_default_thread_limiter().total_tokens = site.settings.pool_size
        warm_up()
        with site.database.reading() as session:
            site.catalogue.clerk(session)
        timekeeper = Timekeeper(site)
        if site.settings.worker:
            worker.start()
            timekeeper.start()
        yield
        timekeeper.stop()
        worker.stop()
        site.database.close()

    return lifespan


def _unit(database: Database, settings: Settings) -> int:
    """Return the row of the ward, made on the first start and renamed when the setting is."""
    with database.writing() as session:
        unit = session.exec(select(Unit).where(Unit.prefix == settings.ward_prefix)).first()
        unit = unit or Unit(prefix=settings.ward_prefix, name=settings.ward_name)
        unit.name = settings.ward_name
        session.add(unit)
        session.flush()
        return unit.id or 0


def _handle_again(inbox: Inbox) -> Callable[[Update], bool]:
    """Return what the console calls to handle a failed update again."""

    def again(row: Update) -> bool:
        if row.channel == telegram_receive.CHANNEL:
            arrival = telegram_receive.read_update(row.raw)
        else:
            arrival = webchat.read_update(row.raw, row.key)
        return arrival is not None and inbox.retry(arrival) is Received.HANDLED

    return again

"""The composition root: the tracker's web application with channels and worker around it."""

from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass

import anyio.to_thread
from fastapi import FastAPI
from sqlmodel import select

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
from bot import telegram, webchat, zalo_bot, zalo_oa
from bot.flood import Flood
from bot.inbox import Inbox, Received
from bot.link import Link
from bot.worker import Worker
from knowledge.entities import warm_up
from knowledge.triage import TriageReader

CHANNELS: tuple[Callable[[Site], Link | None], ...] = (
    telegram.link,
    webchat.link,
    zalo_oa.link,
    zalo_bot.link,
)


@dataclass(frozen=True)
class Service:
    """Everything of one installation in one process."""

    site: Site
    links: tuple[Link, ...]
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


def links_of(site: Site) -> tuple[Link, ...]:
    """Return the channels that are set up."""
    return tuple(found for link in CHANNELS if (found := link(site)))


def build(site: Site) -> Service:
    """Put the conversation, its channels and the worker around a site."""
    links = links_of(site)
    worker = Worker(site, links)
    inbox = Inbox(
        database=site.database,
        settings=site.settings,
        office=site.office,
        catalogue=site.catalogue,
        reader=TriageReader.shipped(),
        files=site.files,
        clock=site.clock,
        wake=worker.wake,
        flood=Flood(site.settings.chat_per_minute, site.settings.total_per_minute),
    )
    worker.take_to(inbox)
    webhooks = tuple(link.webhook for link in links if link.webhook)
    channels = [link.router(inbox) for link in links if link.router]
    app = create_app(site, _lifespan(site, worker), webhooks, channels)
    app.state.channels = tuple(link.name for link in links)
    app.state.handle_again = _handle_again(inbox, links)
    return Service(site, links, inbox, worker, app)


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


def _handle_again(inbox: Inbox, links: Iterable[Link]) -> Callable[[Update], bool]:
    """Return what the console calls to handle a failed update again."""
    read = {link.name: link.read for link in links}

    def again(row: Update) -> bool:
        arrival = read[row.channel](row.raw, row.key) if row.channel in read else None
        return arrival is not None and inbox.retry(arrival) is Received.HANDLED

    return again

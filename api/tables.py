"""Every table, imported once so that the metadata is complete for migrations and tests."""

from sqlmodel import SQLModel

from api.cases import clock_models as clock
from api.cases import handoff_models as handoffs
from api.cases import models as cases
from api.catalogue import models as catalogue
from api.chats import models as chats
from api.files import models as files
from api.jobs import models as jobs
from api.learning import models as learning
from api.outbox import models as outbox
from api.people import models as people
from api.tokens import models as tokens
from api.ward import models as ward

metadata = SQLModel.metadata

__all__ = [
    "cases",
    "catalogue",
    "chats",
    "clock",
    "files",
    "handoffs",
    "jobs",
    "learning",
    "metadata",
    "outbox",
    "people",
    "tokens",
    "ward",
]

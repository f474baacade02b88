"""Every table, imported once so that the metadata is complete for migrations and tests."""

from sqlmodel import SQLModel

from api.cases import models as cases
from api.catalogue import models as catalogue
from api.chats import models as chats
from api.files import models as files
from api.outbox import models as outbox
from api.people import models as people
from api.tokens import models as tokens

metadata = SQLModel.metadata

__all__ = ["cases", "catalogue", "chats", "files", "metadata", "outbox", "people", "tokens"]

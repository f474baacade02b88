"""A webhook service that dies at a chosen point, as in a power cut. Run by test_crash.py.

Arguments: the descriptor of a listening socket, and where to die: "before" or "after" the commit
of an update that opens a case, or "never". Settings come from PAKN_* as for `pakn serve`.
"""

import os
import sys

import uvicorn
from sqlalchemy import event
from sqlmodel import Session

from api.cases.models import Case
from api.settings import Settings
from bot.service import build, open_site

DIED = 86  # exit code


def arm(point: str) -> None:
    """Let the first transaction that opens a case be the last; a savepoint is no transaction."""

    def notes_a_case(session: Session, *_: object) -> None:
        if any(isinstance(row, Case) for row in session.new):
            session.info["opens a case"] = True

    def dies_with_a_case(session: Session) -> None:
        if "opens a case" in session.info and not session.in_nested_transaction():
            os._exit(DIED)

    if point != "never":
        event.listen(Session, "after_flush", notes_a_case)
        event.listen(Session, f"{point}_commit", dies_with_a_case)


def main(descriptor: str, point: str) -> None:
    """Serve on the given socket until told to stop."""
    arm(point)
    service = build(open_site(Settings()))
    config = uvicorn.Config(service.app, fd=int(descriptor), log_level="critical", ws="none")
    uvicorn.Server(config).run()


if __name__ == "__main__":
    main(*sys.argv[1:])

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


def ends_a_case(session: Session) -> bool:
    """Tell whether a whole transaction, not a savepoint, ends that inserted a case."""
    return not session.in_nested_transaction() and any(isinstance(row, Case) for row in session)


def arm(point: str) -> None:
    """Let the first transaction that opens a case be the last."""

    def dies_with_a_case(session: Session) -> None:
        if ends_a_case(session):
            os._exit(DIED)

    if point != "never":
        event.listen(Session, f"{point}_commit", dies_with_a_case)


def main(descriptor: str, point: str) -> None:
    """Serve on the given socket until told to stop."""
    arm(point)
    service = build(open_site(Settings()))
    config = uvicorn.Config(service.app, fd=int(descriptor), log_level="critical", ws="none")
    uvicorn.Server(config).run()


if __name__ == "__main__":
    main(*sys.argv[1:])

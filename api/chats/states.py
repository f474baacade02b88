"""The one row that all instances share about a channel."""

from sqlalchemy import bindparam
from sqlmodel import Session, select

from api.chats.models import ChannelState
from api.db import held, insert_new

_STATE = held(select(ChannelState).where(ChannelState.channel == bindparam("channel")))  # made once


def channel_state(session: Session, channel: str) -> ChannelState:
    """Return the row of a channel, made where there is none, locked for this transaction."""
    whose = {"channel": channel}
    found = session.exec(_STATE, params=whose).first()
    if found:
        return found
    state = ChannelState(channel=channel)
    return state if insert_new(session, state) else session.exec(_STATE, params=whose).one()

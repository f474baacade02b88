"""The one row that all instances share about a channel."""

from sqlmodel import Session, select

from api.chats.models import ChannelState
from api.db import held, insert_new


def channel_state(session: Session, channel: str) -> ChannelState:
    """Return the row of a channel, made where there is none, locked for this transaction."""
    query = held(select(ChannelState).where(ChannelState.channel == channel))
    found = session.exec(query).first()
    if found:
        return found
    state = ChannelState(channel=channel)
    return state if insert_new(session, state) else session.exec(query).one()

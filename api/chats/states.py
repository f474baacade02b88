"""The one row that all instances share about a channel."""

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from api.chats.models import ChannelState


def channel_state(session: Session, channel: str) -> ChannelState:
    """Return the row of a channel, made where there is none, locked for this transaction."""
    query = select(ChannelState).where(ChannelState.channel == channel).with_for_update()
    found = session.exec(query).first()
    if found:
        return found
    state = ChannelState(channel=channel)
    try:
        with session.begin_nested():
            session.add(state)
    except IntegrityError:
        return session.exec(query).one()
    return state

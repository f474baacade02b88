"""What a conversation leaves for the learning loop, written in its own transaction."""

from datetime import datetime

from sqlmodel import Session

from api.learning import questions
from api.learning.questions import Unanswered
from bot.dialogue.model import ChooseProcedure, CountAnswer, KeepQuestion, Learnt


def learn(session: Session, unit_id: int, channel: str, effect: Learnt, at: datetime) -> None:
    """Keep, count, or note what became of a question."""
    if isinstance(effect, KeepQuestion):
        asked = Unanswered(effect.text, effect.outcome, channel, effect.proposed)
        questions.keep(session, unit_id, asked, at)
    elif isinstance(effect, CountAnswer):
        questions.count_answer(session, unit_id, effect.code, at)
    elif isinstance(effect, ChooseProcedure):
        questions.choose(session, unit_id, effect.text, effect.code, at)
    else:
        questions.pass_on(session, unit_id, effect.text, channel, at)

"""One turn of the conversation: what a message means where we are, and what follows."""

from api.cases.codes import find_code
from bot.dialogue import (
    asides,
    asking,
    clarifying,
    feedback,
    fixing,
    form,
    handoff,
    showing,
    supplying,
    telling,
    tracking,
    words,
)
from bot.dialogue.agreement import agreed
from bot.dialogue.model import LONGEST_MESSAGE, Desk, Draft, Input, Reply, Step, Turn
from bot.dialogue.texts import begins, courteous, label, means, menu_buttons, number, say
from knowledge.courtesies import Courtesy
from knowledge.text import fold, squeeze
from knowledge.triage import Label

_SHORT = 8  # words of a discontent that tells nothing yet
_NODS = frozenset("👍🙏👌❤🥰😊")
_MAY_DECLINE = frozenset((Step.FILES, Step.PLACE, Step.ADDRESS, Step.REMEMBER, Step.REUSE))
_AWAITING = frozenset((Step.SUPPLY, Step.REOPEN, Step.PROVE, Step.HANDED))


def turn(draft: Draft, given: Input, desk: Desk) -> Turn:
    """Return what one message leads to. Pure but for what it looks up at the desk."""
    if (given.files or given.refused) and draft.step is Step.SUPPLY:
        return _remember_options(tracking.receive_files(draft, given, desk))
    if given.files or given.refused:
        offered = supplying.offer(draft, given, desk)
        return _remember_options(offered or feedback.receive_files(draft, given, desk))
    if len(given.text) > LONGEST_MESSAGE:
        refused = form.told(draft, say("too_long", limit=number(LONGEST_MESSAGE)), desk)
        return _remember_options(refused) if draft.is_writing else refused
    action = given.action or _pressed(draft, given.text) or agreed(draft, given.text)
    if action:
        return _remember_options(_act(draft, action, desk))
    outcome = _commanded(draft, given.text, desk) or _spoken(draft, given, desk)
    return _remember_options(outcome)


def _commanded(draft: Draft, text: str, desk: Desk) -> Turn | None:
    """Take words that mean as much as a button of the menu or of the form."""
    if means(text, "menu"):
        return menu(draft, desk, greeting=fold(text) == "/start")
    if means(text, "cancel") and not _is_a_name(draft, text):
        return _cancel(draft)
    if means(text, "back"):
        return form.back(draft, desk) if draft.is_writing else menu(draft, desk)
    if means(text, "resume") and draft.is_writing:
        return form.resume(draft, desk)
    if means(text, "later") and draft.step is not Step.IDLE:
        return Turn(draft, (Reply(say("draft_waits")),)) if draft.is_writing else _cancel(draft)
    if means(text, "enough"):
        return _enough(draft, desk)
    return _commanded_idle(draft, text, desk) if draft.step is Step.IDLE else None


def _enough(draft: Draft, desk: Desk) -> Turn | None:
    """Take "thôi" as a no to what was asked; where nothing can be declined, ask before deleting."""
    if draft.editing or draft.step in _MAY_DECLINE:
        return None
    if not draft.is_writing or not draft.content:
        return _cancel(draft)
    buttons = (
        (label("delete_draft"), "feedback:cancel"),
        (label("continue_draft"), "feedback:resume"),
    )
    return Turn(draft, (Reply(say("sure_cancel"), buttons),))


def _commanded_idle(draft: Draft, text: str, desk: Desk) -> Turn | None:
    """Take words that mean as much as a button while nothing is waited for."""
    if means(text, "opening"):
        return Turn(draft, (Reply(say("ask_prompt")),))
    if means(text, "feedback"):
        return feedback.start(draft, desk)
    if means(text, "another"):
        return asking.another(draft) if clarifying.choices(draft) else menu(draft, desk)
    if means(text, "reject") and draft.answered and not clarifying.choices(draft):
        return asking.unhelpful(draft, desk)
    for meaning, kind in (("complain", Label.COMPLAINT), ("denounce", Label.DENUNCIATION)):
        if means(text, meaning):
            return handoff.guide(draft, kind, text, desk)
    if _asks_of_own_case(draft, text, desk):
        return tracking.ask_code(draft, desk)
    short = len(text.split()) <= _SHORT
    unhappy = short and begins(text, "discontent") is not None
    return feedback.start(draft, desk) if unhappy else None


def may_go_on(draft: Draft, text: str, desk: Desk) -> bool:
    """Tell whether more lines may belong to a text: a story or a question that has not ended.

    A question mark, a command, a pressed or typed choice, a case code and a danger never wait.
    """
    words = squeeze(text)
    if draft.step not in {Step.IDLE, Step.CONTENT} or not any(c.isalnum() for c in words):
        return False
    if words.endswith("?") or words.startswith("/") or find_code(words):
        return False
    if _pressed(draft, words) or means(words, *asides.COMMANDS):
        return False
    return desk.triage(words).label is not Label.EMERGENCY


def menu(draft: Draft, desk: Desk, *, greeting: bool = False) -> Turn:
    """Show the main menu; a draft is kept and can be continued."""
    buttons = menu_buttons()
    if draft.is_writing:
        text = say("menu_with_draft")
        buttons = [(label("continue_draft"), "feedback:resume"), *buttons]
    else:
        text = say("welcome", ward=desk.ward.name) if greeting else say("menu")
    idle = draft if draft.is_writing else draft.model_copy(update={"step": Step.IDLE})
    return Turn(idle, (Reply(text, tuple(buttons)),))


def _act(draft: Draft, action: str, desk: Desk) -> Turn:
    """Follow a button."""
    topic, _, rest = action.partition(":")
    if topic == "menu":
        return _menu_entry(draft, rest, desk)
    if topic == "procedure":
        return form.beside(draft, showing.show(draft, rest, desk), desk)
    if topic == "aspect":
        code, _, aspect = rest.partition("/")
        return form.beside(draft, showing.show_part(draft, code, aspect, desk), desk)
    if action == "feedback:ask" and draft.step is Step.KIND:
        return asking.answer(Draft(topic=draft.topic), draft.content, desk)
    if topic == "feedback":
        return feedback.act(draft, rest, desk)
    if topic == "handoff":
        return handoff.offer_to_keep(draft, rest)
    if topic in tracking.TOPICS:
        given = supplying.chosen(draft, rest, desk) if topic == "supply" else None
        return given or tracking.act(draft, topic, rest, desk)
    if topic == "officer":
        return feedback.to_officer(draft, desk)
    if topic == "unhelpful":
        return form.beside(draft, asking.unhelpful(draft, desk), desk)
    return menu(draft, desk)


def _menu_entry(draft: Draft, entry: str, desk: Desk) -> Turn:
    if entry == "ask":
        parked = (draft.parked or draft.step) if draft.is_writing else None
        idle = draft.model_copy(update={"step": Step.IDLE, "parked": parked})
        return Turn(idle, (Reply(say("ask_prompt")),))
    if entry == "other":
        return asking.another(draft)
    if entry == "feedback":
        return feedback.start(draft, desk)
    if entry == "status":
        return tracking.ask_code(draft, desk)
    if entry == "results":
        return tracking.results(draft, desk)
    if entry == "officer":
        return asking.officer(draft, desk)
    return menu(draft, desk, greeting=entry == "start")


def _cancel(draft: Draft) -> Turn:
    kept = Draft(topic=draft.topic)
    return Turn(kept, (Reply(_left(draft), tuple(menu_buttons())),))


def _left(draft: Draft) -> str:
    """Return what is said of that which was being done."""
    if draft.step is Step.SUPPLY:
        return say("supply_left", code=draft.about)
    if draft.step is Step.REOPEN:
        return say("reopen_left", code=draft.about)
    if draft.step is Step.HANDED:
        return say("handed_left")
    return say("cancelled") if draft.is_writing else say("nothing_to_cancel")


def _spoken(draft: Draft, given: Input, desk: Desk) -> Turn:
    """Take words and files where no command was meant."""
    text = squeeze(given.text)
    if not any(c.isalnum() for c in text):
        if draft.step is Step.IDLE and not _NODS.isdisjoint(text):
            return Turn(draft, (Reply(courteous(Courtesy.ASSENT, ward=desk.ward.name)),))
        return form.told(draft, say("unreadable"), desk)
    if draft.step is not Step.IDLE and asides.in_danger(text, desk):
        guided = handoff.guide(draft, Label.EMERGENCY, text, desk)
        # what happened belongs to the story that is being told
        told = telling.with_more(draft, text) if draft.content else draft
        return form.beside(told, guided, desk) if draft.content else guided
    if draft.step is Step.CODE:
        if tracking.looks_like_a_code(text):
            return tracking.code_given(draft, text, desk)
        return _free(draft.model_copy(update={"step": Step.IDLE}), given.text, desk)
    if draft.step in _AWAITING:
        return asides.awaited(draft, given.text, desk)
    if draft.step is Step.IDLE:
        return _free(draft, given.text, desk)
    if find_code(text) and tracking.looks_like_a_code(text):
        return form.beside(draft, tracking.code_given(draft, text, desk), desk)
    mended = fixing.hear(draft, given.text, desk) if draft.step is Step.CONFIRM else None
    aside = mended or asides.answer(draft, given.text, desk)
    return aside or words.hear(draft, given.text, desk)


def _asks_of_own_case(draft: Draft, text: str, desk: Desk) -> bool:
    """Tell whether a few words are about what the person sent: "khi nào xong" only if they did."""
    if means(text, "own_case"):
        return True
    if any(begins(text, meaning) is not None for meaning in ("own", "discontent")):
        return bool(desk.own_cases())
    return means(text, "when_done") and (not draft.topic or bool(desk.own_cases()))


def _is_a_name(draft: Draft, text: str) -> bool:
    """Tell whether "Huy", which without marks also means cancel, was given as a name."""
    return draft.step is Step.NAME and "huy" in text.lower().split()


def _free(draft: Draft, text: str, desk: Desk) -> Turn:
    """Free text with nothing waiting: a case code first, then whatever kind of message it is."""
    with_code = tracking.about_code(draft, text, desk)
    if with_code:
        return with_code
    if tracking.mistyped(text, desk):
        return tracking.code_given(draft, text, desk)
    offered = supplying.offer(draft, Input(text), desk)
    if offered:
        return offered
    heard = asking.hear(draft, text, desk)
    asks_back = any(":" in action for reply in heard.replies for _, action in reply.buttons)
    if not draft.parked or heard.draft.step is not Step.IDLE:
        return heard
    if not asks_back:
        return form.beside(draft, heard, desk)
    last = heard.replies[-1]
    waits = Reply(last.text, (*last.buttons, (label("continue_draft"), "feedback:resume")))
    return Turn(heard.draft, (*heard.replies[:-1], waits), heard.effects)


def _pressed(draft: Draft, text: str) -> str:
    """Return the action of the offered button that a text names by number or words."""
    typed = fold(text).strip(" .")
    if not typed or not draft.options:
        return ""
    numbers = {str(n): action for n, (_, action) in enumerate(draft.options, start=1)}
    if typed in numbers:
        return numbers[typed]
    for named, action in draft.options:
        if fold(named) == typed:
            return action
    return ""


def _remember_options(outcome: Turn) -> Turn:
    """Keep the buttons of the last reply, so that typing their number or words works too."""
    options = outcome.replies[-1].buttons if outcome.replies else ()
    return Turn(
        outcome.draft.model_copy(update={"options": options}), outcome.replies, outcome.effects
    )

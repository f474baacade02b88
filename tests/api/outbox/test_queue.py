"""Messages owed to people: their order, their leases, and what becomes of failures."""

from collections import Counter
from datetime import timedelta

import pytest

from api.chats.models import Chat
from api.outbox import queue
from api.outbox.models import OutboxMessage
from api.outbox.queue import BACK_OFF, JITTER, LEASE
from api.web.site import Site
from tests.api.cases.cast import chat_of, race
from tests.conftest import FrozenClock


@pytest.fixture
def lan(site: Site) -> Chat:
    """Chị Lan's conversation on Telegram."""
    return chat_of(site, "lan")


@pytest.fixture
def tu(site: Site) -> Chat:
    """Bác Tư's conversation on Telegram."""
    return chat_of(site, "tu")


def owe(site: Site, chat: Chat, *texts: str) -> list[OutboxMessage]:
    """Owe messages to a conversation."""
    with site.database.writing() as session:
        return [queue.enqueue(session, chat.id or 0, text, site.clock()) for text in texts]


def claim(site: Site, channel: str = "telegram", most: int = 20) -> list[OutboxMessage]:
    """Claim what is due, as a deliverer does."""
    with site.database.writing() as session:
        return queue.claim(session, channel, site.clock(), most)


def claim_texts(site: Site) -> list[str]:
    """Claim what is due and return the texts."""
    return [message.text for message in claim(site)]


def sent(site: Site, message: OutboxMessage) -> bool:
    """Mark a claimed message as sent."""
    with site.database.writing() as session:
        return queue.mark_sent(session, message, site.clock(), "77")


def postpone(site: Site, message: OutboxMessage, wait: timedelta | None = None) -> bool:
    """Postpone a claimed message."""
    with site.database.writing() as session:
        return queue.postpone(session, message, site.clock(), "mạng chập chờn", wait)


def fail(site: Site, message: OutboxMessage) -> bool:
    """Give a claimed message up."""
    with site.database.writing() as session:
        return queue.mark_failed(session, message, site.clock(), "người nhận đã chặn")


def now(site: Site, message: OutboxMessage) -> OutboxMessage:
    """Return a message as it stands."""
    with site.database.reading() as session:
        return session.get_one(OutboxMessage, message.id)


def test_a_message_waits_with_everything_it_was_given(site: Site, lan: Chat) -> None:
    with site.database.writing() as session:
        queue.enqueue(
            session,
            lan.id or 0,
            "Chào bạn.",
            site.clock(),
            buttons=[("Xem", "status:TK")],
            extra={"files": ["t"]},
        )

    [message] = claim(site)
    assert (message.text, message.chat_id) == ("Chào bạn.", lan.id)
    assert message.buttons == [["Xem", "status:TK"]]
    assert message.extra == {"files": ["t"]}


def test_a_message_of_a_transaction_that_was_undone_is_never_sent(site: Site, lan: Chat) -> None:
    with site.database.writing() as session:
        queue.enqueue(session, lan.id or 0, "Chào bạn.", site.clock())
        session.rollback()

    assert claim(site) == []


def test_messages_of_one_conversation_go_one_at_a_time_in_their_order(
    site: Site, lan: Chat
) -> None:
    owe(site, lan, "một", "hai", "ba")

    went = []
    while claimed := claim(site):
        [message] = claimed
        assert claim(site) == []  # the next one waits for this one
        went.append(message.text)
        sent(site, message)

    assert went == ["một", "hai", "ba"]


def test_each_conversation_has_its_own_turn(site: Site, lan: Chat, tu: Chat) -> None:
    owe(site, lan, "Lan một", "Lan hai")
    owe(site, tu, "Tư một", "Tư hai")

    assert claim_texts(site) == ["Lan một", "Tư một"]


def test_no_more_is_claimed_than_asked_for(site: Site) -> None:
    for number in range(4):
        owe(site, chat_of(site, f"chat-{number}"), "Chào.")

    assert len(claim(site, most=3)) == 3
    assert len(claim(site, most=3)) == 1


def test_a_channel_claims_only_its_own_messages(site: Site, lan: Chat) -> None:
    web = chat_of(site, "lan-tren-web", channel="web")
    owe(site, lan, "Telegram")
    owe(site, web, "Web")

    assert [message.text for message in claim(site, "web")] == ["Web"]


def test_a_message_is_not_claimed_before_its_time(
    site: Site, lan: Chat, clock: FrozenClock
) -> None:
    with site.database.writing() as session:
        queue.enqueue(session, lan.id or 0, "Mai.", clock() + timedelta(hours=1))
    assert claim(site) == []

    clock.pass_(hours=1)

    assert claim_texts(site) == ["Mai."]


def test_a_claim_holds_a_lease_and_counts_the_try(site: Site, lan: Chat) -> None:
    owe(site, lan, "Chào.")

    [message] = claim(site)

    assert (message.attempts, message.leased_until) == (1, site.clock() + LEASE)
    assert message.lease


def test_a_lease_that_ran_out_is_taken_over(site: Site, lan: Chat, clock: FrozenClock) -> None:
    owe(site, lan, "Chào.")
    [lost] = claim(site)
    clock.pass_(seconds=LEASE.total_seconds() - 1)
    assert claim(site) == []

    clock.pass_(seconds=1)
    [taken] = claim(site)

    assert (taken.id, taken.attempts) == (lost.id, 2)
    assert taken.lease != lost.lease


@pytest.mark.parametrize("finish", [sent, postpone, fail])
def test_who_lost_the_lease_can_no_longer_finish_the_message(
    site: Site, lan: Chat, clock: FrozenClock, finish: object
) -> None:
    owe(site, lan, "Chào.")
    [lost] = claim(site)
    clock.pass_(seconds=LEASE.total_seconds())
    [taken] = claim(site)

    assert finish(site, lost) is False

    message = now(site, lost)
    assert (message.sent_at, message.failed_at, message.lease) == (None, None, taken.lease)
    assert sent(site, taken) is True


def test_a_sent_message_keeps_when_and_the_number_of_the_platform(
    site: Site, lan: Chat, clock: FrozenClock
) -> None:
    owe(site, lan, "Chào.")
    [message] = claim(site)
    clock.pass_(seconds=2)

    assert sent(site, message) is True

    kept = now(site, message)
    assert (kept.sent_at, kept.platform_id, kept.lease) == (clock(), "77", "")
    clock.pass_(days=1)
    assert claim(site) == []


def test_a_postponed_message_blocks_only_its_own_conversation(
    site: Site, lan: Chat, tu: Chat, clock: FrozenClock
) -> None:
    owe(site, lan, "Lan một", "Lan hai")
    owe(site, tu, "Tư một", "Tư hai")
    lans, tus = claim(site)

    postpone(site, lans, timedelta(minutes=5))
    sent(site, tus)

    assert claim_texts(site) == ["Tư hai"]
    clock.pass_(minutes=5)
    assert "Lan một" in claim_texts(site)


def test_a_wait_that_the_platform_names_is_kept_to_the_second(
    site: Site, lan: Chat, clock: FrozenClock
) -> None:
    owe(site, lan, "Chào.")
    [message] = claim(site)

    postpone(site, message, timedelta(seconds=37))

    assert now(site, message).due_at == clock() + timedelta(seconds=37)
    clock.pass_(seconds=36)
    assert claim(site) == []
    clock.pass_(seconds=1)
    assert claim_texts(site) == ["Chào."]


def test_each_failed_try_waits_longer_until_the_message_fails_visibly(
    site: Site, lan: Chat, clock: FrozenClock
) -> None:
    owe(site, lan, "Chào.")
    waits = []
    while claimed := claim(site):
        [message] = claimed
        postpone(site, message)
        after = now(site, message)
        waits.append((after.due_at - clock()).total_seconds())
        clock.at = max(clock.at, after.due_at)

    assert waits[:-1] == pytest.approx(list(BACK_OFF), rel=JITTER)
    failed = now(site, message)
    assert (failed.failed_at, failed.error) == (clock(), "mạng chập chờn")
    assert failed.sent_at is None


def test_waiting_as_the_platform_asks_uses_up_no_try(
    site: Site, lan: Chat, clock: FrozenClock
) -> None:
    owe(site, lan, "Chào.")
    for _ in range(len(BACK_OFF) + 2):
        [message] = claim(site)
        postpone(site, message, timedelta(seconds=5))
        clock.pass_(seconds=5)

    [message] = claim(site)
    postpone(site, message)

    after = now(site, message)
    assert after.failed_at is None
    assert (after.due_at - clock()).total_seconds() == pytest.approx(BACK_OFF[0], rel=JITTER)


def test_a_named_wait_of_nothing_means_at_once(site: Site, lan: Chat) -> None:
    owe(site, lan, "Chào.")
    [message] = claim(site)

    postpone(site, message, timedelta(0))

    assert claim_texts(site) == ["Chào."]


def test_a_failed_message_is_visible_with_its_reason_and_lets_the_next_one_go(
    site: Site, lan: Chat
) -> None:
    owe(site, lan, "một", "hai")
    [message] = claim(site)

    assert fail(site, message) is True

    kept = now(site, message)
    assert (kept.failed_at, kept.error) == (site.clock(), "người nhận đã chặn")
    assert claim_texts(site) == ["hai"]


def test_a_failed_message_goes_again_when_staff_ask_for_it(
    site: Site, lan: Chat, clock: FrozenClock
) -> None:
    owe(site, lan, "Chào.")
    [message] = claim(site)
    fail(site, message)
    clock.pass_(days=1)

    with site.database.writing() as session:
        queue.retry(session, session.get_one(OutboxMessage, message.id), clock())

    [again] = claim(site)
    assert (again.id, again.attempts, again.failed_at) == (message.id, 1, None)
    assert sent(site, again) is True


def test_claimers_at_the_same_moment_never_get_the_same_message(site: Site) -> None:
    for number in range(24):
        owe(site, chat_of(site, f"chat-{number}"), "Chào.")

    def work() -> list[int]:
        taken = []
        while claimed := claim(site, most=3):
            taken += [message.id or 0 for message in claimed]
        return taken

    outcomes = race(*[work] * 4)

    assert [one for one in outcomes if isinstance(one, Exception)] == []
    counted = Counter(number for taken in outcomes for number in taken)
    assert len(counted) == 24
    assert set(counted.values()) == {1}


def test_deliverers_at_the_same_moment_keep_the_order_of_every_conversation(site: Site) -> None:
    chats = [chat_of(site, f"chat-{number}") for number in range(4)]
    for chat in chats:
        owe(site, chat, *"abcde")
    went: list[tuple[int, str]] = []

    def work() -> None:
        while claimed := claim(site, most=2):
            for message in claimed:
                went.append((message.chat_id, message.text))
                assert sent(site, message)

    outcomes = race(work, work, work)
    while claimed := claim(site):  # what was waiting for another when a deliverer stopped
        for message in claimed:
            went.append((message.chat_id, message.text))
            sent(site, message)

    assert [one for one in outcomes if isinstance(one, Exception)] == []
    for chat in chats:
        assert [text for owner, text in went if owner == chat.id] == list("abcde")

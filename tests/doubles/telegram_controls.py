"""What a test does to the Telegram double besides writing to the bot: delivery and faults."""

from .telegram_people import People
from .telegram_state import DOWNLOAD, Fault, Ledger, Pending


class Controls(People):
    """Methods that any thread may call."""

    methods: frozenset[str]

    def repeat(self, update_id: int) -> None:
        """Delivers an update once more, unchanged, whether or not it was confirmed."""
        with self.world.lock:
            update = self.world.ledger.history[update_id]
            self.world.ledger.queue.append(Pending(update, again=True))
            self.world.lock.notify_all()

    def hold(self) -> None:
        """Keeps updates back until ``release``; they gather in order."""
        self._set_held(held=True)

    def release(self) -> None:
        """Lets updates go again."""
        self._set_held(held=False)

    def age_queries(self, *, old: bool = True) -> None:
        """From now on every tap is too old to be answered (or, with ``old=False``, is not)."""
        with self.world.lock:
            self.world.ledger.queries_too_old = old

    def fault(
        self,
        method: str,
        status: int,
        times: int = 1,
        retry_after: int | None = None,
        after_effect: bool = False,
    ) -> None:
        """The next ``times`` calls of the method get this status; ``file`` means downloads.

        429 carries ``retry_after`` (whole seconds, 1 if not given). Status ``HANG`` never
        answers. With ``after_effect`` the work is done first, so the client cannot know.
        """
        if method not in self.methods | {DOWNLOAD}:
            raise ValueError(f"the double does not cover {method}")
        wait = 1 if status == 429 and retry_after is None else retry_after
        with self.world.lock:
            self.world.ledger.faults.append(Fault(method, status, times, wait, after_effect))

    def reset(self) -> None:
        """Forgets everything, as a new double, but never uses an id twice."""
        with self.world.lock:
            self.world.ledger = Ledger()
            self.world.lock.notify_all()

    def _set_held(self, *, held: bool) -> None:
        with self.world.lock:
            self.world.ledger.held = held
            self.world.lock.notify_all()

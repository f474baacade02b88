"""The thread that posts signed events to the webhook, again and again until they are taken."""

from collections.abc import Callable

import httpx

from .platform import Posting
from .zalo_oa_state import Delivery, Json, Ledger, Pending, World

Sign = Callable[[Json, str], tuple[bytes, dict[str, str]]]


class Deliverer(Posting):
    """Posts the oldest waiting event; ``timeout`` (Zalo: 2 s) and ``backoff`` in seconds."""

    name = "zalo-oa-webhook"

    def __init__(self, world: World, sign: Sign, timeout: float, backoff: float) -> None:
        super().__init__(timeout)
        self._world = world
        self._sign = sign
        self._backoff = backoff

    def _run(self) -> None:
        with httpx.Client(timeout=self._timeout, trust_env=False) as client:
            while (job := self._next()) is not None:
                self._settle(*job, self._post(client, *job))

    def _next(self) -> tuple[Ledger, Pending] | None:
        world = self._world
        with world.lock:
            world.lock.wait_for(
                lambda: world.closed or (world.ledger.webhook and world.ledger.queue)
            )
            return None if world.closed else (world.ledger, world.ledger.queue[0])

    def _post(self, client: httpx.Client, ledger: Ledger, pending: Pending) -> int:
        raw, headers = self._sign(pending.event, "another secret" if pending.wrongly else "")
        if pending.tries:
            headers["num_retry"] = str(pending.tries)
        try:
            return client.post(ledger.webhook, content=raw, headers=headers).status_code
        except httpx.HTTPError:
            return 0

    def _settle(self, ledger: Ledger, pending: Pending, status: int) -> None:
        world = self._world
        with world.lock:
            ledger.deliveries.append(Delivery(pending.event, status, pending.tries))
            pending.tries += 1
            if (status == 200 or pending.wrongly) and pending in ledger.queue:
                ledger.queue.remove(pending)
            world.lock.notify_all()
            if status != 200:
                world.lock.wait_for(lambda: world.closed, self._backoff)

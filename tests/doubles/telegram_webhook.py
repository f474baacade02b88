"""The thread that posts updates to the webhook, one at a time and in order, until it takes them."""

import http
from typing import NamedTuple

import httpx

from .platform import Posting
from .telegram_state import Delivery, Ledger, Pending, Webhook, World

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"


class _Job(NamedTuple):
    ledger: Ledger
    webhook: Webhook
    pending: Pending


class Deliverer(Posting):
    """Posts each waiting update again and again until a 2xx; ``backoff`` and ``timeout`` in s."""

    name = "telegram-webhook"

    def __init__(self, world: World, backoff: float, timeout: float) -> None:
        super().__init__(timeout)
        self._world = world
        self._backoff = backoff

    def _run(self) -> None:
        with httpx.Client(timeout=self._timeout, trust_env=False) as client:
            while (job := self._next()) is not None:
                status, error = self._post(client, job)
                self._settle(job, status, error)

    def _next(self) -> _Job | None:
        world = self._world
        with world.lock:
            world.lock.wait_for(lambda: world.closed or self._ready(world.ledger))
            ledger = world.ledger
            if world.closed or ledger.webhook is None:
                return None
            return _Job(ledger, ledger.webhook, ledger.queue[0])

    @staticmethod
    def _ready(ledger: Ledger) -> bool:
        return ledger.webhook is not None and not ledger.held and bool(ledger.queue)

    @staticmethod
    def _post(client: httpx.Client, job: _Job) -> tuple[int, str]:
        headers = {SECRET_HEADER: job.webhook.secret} if job.webhook.secret else {}
        try:
            answer = client.post(job.webhook.url, json=job.pending.update, headers=headers)
        except httpx.TimeoutException:
            return 0, "Read timeout expired"
        except (httpx.HTTPError, httpx.InvalidURL):
            return 0, "Connection refused"
        if answer.is_success:
            return answer.status_code, ""
        known = answer.status_code in {status.value for status in http.HTTPStatus}
        phrase = f" {http.HTTPStatus(answer.status_code).phrase}" if known else ""
        return answer.status_code, f"Wrong response from the webhook: {answer.status_code}{phrase}"

    def _settle(self, job: _Job, status: int, error: str) -> None:
        world = self._world
        with world.lock:
            job.ledger.deliveries.append(Delivery(job.pending.update["update_id"], status))
            if not error and job.pending in job.ledger.queue:
                job.ledger.queue.remove(job.pending)
            if error:
                job.webhook.last_error_date = world.now()
                job.webhook.last_error_message = error
            world.lock.notify_all()
            if error:
                world.lock.wait_for(
                    lambda: world.closed or world.ledger.webhook is not job.webhook, self._backoff
                )

"""The thread that looks at the timetable every minute while the server runs."""

from threading import Event, Thread

import structlog

from api.jobs import timetable
from api.web.site import Site

log = structlog.get_logger(__name__)

_PAUSE = 60.0  # seconds between two looks


class Timekeeper:
    """Runs beside the web server until stopped."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._stopped = Event()
        self._thread = Thread(target=self._run, name="pakn-timekeeper", daemon=True)

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def stop(self) -> None:
        """Stop and wait for the job that runs now."""
        self._stopped.set()
        if self._thread.is_alive():
            self._thread.join(timeout=15)

    def _run(self) -> None:
        while not self._stopped.wait(_PAUSE):
            try:
                timetable.step(self._site)
            except Exception:
                log.exception("timetable step failed")

"""Logs without secrets or personal data, as text for people or JSON for machines."""

import logging
import sys
from pathlib import Path

import structlog


def configure(log_format: str) -> None:
    """Send all logs to standard error; libraries that log addresses with tokens are silenced."""
    renderer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if log_format == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.StackInfoRenderer(),
            structlog.processors.ExceptionRenderer(_ShortTrace()),
            renderer,
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(message)s")
    for name in ("httpx", "httpcore", "telegram"):  # they log addresses that hold the token
        logging.getLogger(name).setLevel(logging.WARNING)


class _ShortTrace:
    """Names an error and where it was raised; its words and variables may be personal."""

    def __call__(self, exc_info: structlog.typing.ExcInfo) -> str:
        kind, _, trace = exc_info
        places = []
        while trace:
            code = trace.tb_frame.f_code
            places.append(f"{Path(code.co_filename).name}:{trace.tb_lineno} {code.co_name}")
            trace = trace.tb_next
        return f"{kind.__name__} at {' < '.join(reversed(places[-4:]))}"

"""How building and asking grow with the catalogue, side by side in one run."""

import gc
import time
from pathlib import Path

from knowledge.catalogue import Catalogue
from knowledge.clerk import Clerk
from knowledge.procedure import Procedure
from knowledge.readers import read
from tests.bench import questions
from tests.shared import SHARED

_LARGE = 40_000


def report() -> None:
    """Print seconds to build, megabytes added and milliseconds per question for three sizes."""
    commune = read(SHARED / "catalogue" / "commune.jsonl")
    national = read(SHARED / "catalogue" / "national.jsonl.gz")
    asked = [a.text for a in questions.hard(SHARED / "questions", commune)]
    print("\nLớn dần (mỗi dòng chia cho dòng đầu trong ngoặc):")
    first: tuple[float, float] | None = None
    for catalogue in (commune, national, _enlarged(national)):
        gc.collect()
        before, started = _megabytes(), time.process_time()
        clerk = Clerk(catalogue)
        built, added = time.process_time() - started, _megabytes() - before
        clerk.ask(asked[0])  # what is loaded once is loaded now
        times = sorted(clerk.ask(text).milliseconds for text in asked)
        slow = times[int(len(times) * 0.99)]
        first = first or (built, slow)
        print(
            f"  {len(catalogue):>6} thủ tục: dựng {built:5.1f} s (x{built / first[0]:.1f}), "
            f"thêm {added:4.0f} MB, p50 {times[len(times) // 2]:5.1f} ms, "
            f"p99 {slow:5.1f} ms (x{slow / first[1]:.1f})"
        )
        del clerk


def _enlarged(catalogue: Catalogue) -> Catalogue:
    """Return a catalogue of _LARGE procedures: the same ones again under other codes."""
    copies = [
        p if n < len(catalogue) else _copy(p, n)
        for n in range(_LARGE)
        for p in (catalogue.procedures[n % len(catalogue)],)
    ]
    return Catalogue(catalogue.release, tuple(copies))


def _copy(procedure: Procedure, number: int) -> Procedure:
    name = f"{procedure.name} (vùng {number})"
    return procedure.model_copy(update={"code": f"9.{number:06d}", "name": name})


def _megabytes() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 / 2**20

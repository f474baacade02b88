"""A procedure that an earlier release had and the one in use has no longer."""

from dataclasses import dataclass
from datetime import date

from knowledge.procedure import Procedure


@dataclass(frozen=True)
class Abolition:
    """Bãi bỏ: since when, and what took its place.

    replacement was confirmed by staff, likely is only a guess by name and field; both are in
    force. settled is True where staff decided, also that nothing took its place.
    """

    procedure: Procedure
    since: date
    source: str
    replacement: Procedure | None = None
    likely: Procedure | None = None
    settled: bool = False

    @property
    def successor(self) -> Procedure | None:
        """The procedure to go on with: the confirmed one, else the likely one."""
        return self.replacement or (None if self.settled else self.likely)

    @property
    def notice(self) -> str:
        """Say since when it is abolished."""
        return f"Thủ tục này đã bãi bỏ từ {self.since:%d/%m/%Y}, không còn thực hiện."

    @property
    def advice(self) -> str:
        """Say what took its place, what may be looked at, or that nothing is known."""
        if self.replacement:
            return f"Thay bằng: {_named(self.replacement)}."
        if self.settled:
            return "Không có thủ tục thay thế."
        if self.likely:
            return f"Có thể xem: {_named(self.likely)}. Bạn hỏi cán bộ để biết chắc."
        return "Chưa rõ thủ tục thay thế. Bạn hỏi cán bộ để biết chắc."


def _named(procedure: Procedure) -> str:
    return f"{procedure.name} (mã {procedure.code})"

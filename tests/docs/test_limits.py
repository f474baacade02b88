"""The table of limits in the README against the dated data."""

from pathlib import Path

from api.cases.policies import STEP_LABELS, Policy, Step, policies
from api.cases.wording import KIND_LABELS

README = Path(__file__).parents[2] / "README.md"
BEGIN, END = "<!-- limits -->\n", "<!-- /limits -->"


def table() -> str:
    """Return the table as the data have it: a row for each step, a column for each policy."""
    head = [", ".join(KIND_LABELS[kind] for kind in policy.kinds) for policy in policies()]
    lines = ["| bước (ngày làm việc) | " + " | ".join(head) + " |", "|---" * (len(head) + 1) + "|"]
    for step in Step:
        cells = [cell(policy, step) for policy in policies()]
        lines.append(f"| {STEP_LABELS[step]} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def cell(policy: Policy, step: Step) -> str:
    """Return a limit as the table shows it."""
    limit = policy.limits[step]
    days = f"{limit.days} ngày lịch" if step is Step.PROGRESS else str(limit.days)
    return f"{days} (luật: {limit.legal})" if limit.legal else days


def test_the_readme_shows_the_limits_that_are_in_force() -> None:
    shown = README.read_text(encoding="utf-8").split(BEGIN, 1)[1].split(END, 1)[0]

    assert shown == table()


def test_every_limit_of_every_step_has_its_source() -> None:
    for policy in policies():
        assert set(policy.limits) == set(Step), policy.name
        assert all(limit.days > 0 and limit.source for limit in policy.limits.values())

"""The office a case is handled in: what the domain needs to know of the installation."""

from dataclasses import dataclass

from api.cases.deadlines import AfterHours, ClockRules
from api.cases.hours import OfficeHours
from api.settings import Settings


@dataclass(frozen=True)
class Office:
    """One ward: its unit row, its code prefix, its clock rules, and its public address.

    seed_phone and seed_address hold until staff edit the ward's card: api.ward.cards.contact
    gives what holds now.
    """

    unit_id: int
    prefix: str
    name: str
    seed_phone: str
    public_url: str
    rules: ClockRules
    consent_version: str
    cases_per_day: int
    approval: str = "auto"
    reopen_days: int = 15
    seed_address: str = ""

    @classmethod
    def of(cls, unit_id: int, settings: Settings) -> "Office":
        """Build it from the settings of the installation."""
        return cls(
            unit_id=unit_id,
            prefix=settings.ward_prefix,
            name=settings.ward_name,
            seed_phone=settings.ward_phone,
            public_url=settings.public_url,
            rules=ClockRules(
                after_hours=AfterHours(settings.after_hours),
                hours=OfficeHours.parsed(settings.office_hours),
                supplement_restarts=settings.supplement == "restart",
                transfer_pauses=settings.transfer_out == "pause",
                urgent=settings.urgent_hours,
            ),
            consent_version=settings.consent_version,
            cases_per_day=settings.cases_per_day,
            approval=settings.approval,
            reopen_days=settings.reopen_days,
            seed_address=settings.ward_address,
        )

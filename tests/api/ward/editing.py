"""Editing the ward's card as a member of staff does."""

from api.people.models import Staff
from api.ward import cards
from api.ward.cards import Edit
from api.web.site import Site


def edit_card(site: Site, staff: Staff, **parts: object) -> None:
    """Change parts of the card in use."""
    unit = site.office.unit_id
    with site.database.writing() as session:
        seen, card = cards.numbered(session, unit, site.settings)
        cards.save(session, unit, card.model_copy(update=parts), Edit(staff, site.clock(), seen))

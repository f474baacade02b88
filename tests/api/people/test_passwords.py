"""How passwords are kept."""

import re

from api.people import staff as accounts
from api.people.models import Staff
from api.people.staff import NewMember
from api.web.site import Site


def test_a_password_is_kept_as_a_costly_argon2id_hash_only(site: Site) -> None:
    with site.database.writing() as session:
        new = NewMember("hoa", "Bùi Thị Hoa", "mat khau cua hoa")
        member = accounts.create(session, site.office.unit_id, new, site.clock())

    with site.database.reading() as session:
        row = session.get_one(Staff, member.id)
    assert "mat khau cua hoa" not in str(row.model_dump())
    cost = re.match(r"\$argon2id\$v=19\$m=(\d+),t=(\d+),p=\d+\$", row.password_hash)
    assert cost is not None
    # the least that OWASP names: 19 MiB and two passes
    assert (int(cost[1]) >= 19 * 1024, int(cost[2]) >= 2) == (True, True)

from sqlmodel import select

from api.people.models import Unit


def test_it(session, minh):
    assert session.exec(select(Unit)).one().prefix == "TK"

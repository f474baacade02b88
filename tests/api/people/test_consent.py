"""The words a person consents to."""

import hashlib

from api.people.consent import consent_hash, consent_text

WARD, PHONE = "Phường Thạch Khôi", "0220 3700 001"


def test_the_words_name_the_office_its_telephone_and_the_law() -> None:
    words = consent_text(WARD, PHONE)

    assert WARD in words
    assert PHONE in words
    assert "20/2008/NĐ-CP" in words
    assert "{" not in words


def test_the_words_say_that_nobody_is_talking_and_which_rights_one_has() -> None:
    words = consent_text(WARD, PHONE)

    assert "trợ lý tự động" in words
    assert "rút lại đồng ý" in words


def test_the_hash_proves_the_words_that_were_shown() -> None:
    words = consent_text(WARD, PHONE)

    assert consent_hash(WARD, PHONE) == hashlib.sha256(words.encode()).hexdigest()


def test_other_words_have_another_hash() -> None:
    assert consent_hash(WARD, PHONE) != consent_hash(WARD, "0220 3700 002")
    assert consent_hash(WARD, PHONE) != consent_hash("Xã Bên", PHONE)

"""Who gets which role, and what a role may do."""

import pytest

from lk3.access import ACTIONS, EXPORT_INTERNAL, PLAN, SAVE, role_of, roles
from lk3.errors import UserError

VERIFIED = {"email": "Ani@dinsos.contoh.id", "email_verified": True}


@pytest.fixture
def table(monkeypatch):
    def set_to(text):
        monkeypatch.setenv("LK3_ROLES", text)

    return set_to


def test_nobody_has_a_role_before_somebody_gives_one():
    assert role_of(VERIFIED) is None
    assert role_of({}) is None


def test_an_address_has_the_role_of_the_first_line_that_fits(table):
    table("ani@dinsos.contoh.id=petugas; *@dinsos.contoh.id=perencana")
    assert role_of(VERIFIED).key == "petugas"
    assert role_of({"email": "budi@dinsos.contoh.id"}).key == "perencana"
    assert role_of({"email": "budi@lain.contoh.id"}) is None


def test_an_address_that_is_not_verified_gets_nothing(table):
    table("*@dinsos.contoh.id=admin")
    assert role_of({**VERIFIED, "email_verified": False}) is None


@pytest.mark.parametrize("address", ["x@dinsos.contoh.id.jahat.id", "dinsos.contoh.id", ""])
def test_an_address_that_only_looks_alike_gets_nothing(table, address):
    table("*@dinsos.contoh.id=admin")
    assert role_of({"email": address}) is None


def test_a_claim_may_hold_the_role_and_the_strongest_counts(monkeypatch):
    monkeypatch.setenv("LK3_ROLE_CLAIM", "realm_access.roles")
    claims = {"realm_access": {"roles": ["offline_access", "pimpinan", "perencana"]}}
    assert role_of(claims).key == "perencana"
    assert role_of({"realm_access": {"roles": ["offline_access"]}}) is None
    assert role_of({"realm_access": "perencana"}) is None


@pytest.mark.parametrize("text", ["ani@x.id", "ani@x.id=raja", "=admin"])
def test_a_table_that_cannot_be_read_is_told_in_a_sentence(table, text):
    table(text)
    with pytest.raises(UserError, match="LK3_ROLES berisi"):
        role_of({"email": "ani@x.id"})


def test_roles_may_do_what_their_work_needs_and_no_more():
    may = {key: {a for a in ACTIONS if role.may(a)} for key, role in roles().items()}
    assert may["admin"] == set(ACTIONS)
    assert SAVE in may["petugas"]
    assert PLAN not in may["petugas"]
    assert PLAN in may["perencana"]
    assert SAVE not in may["perencana"]
    assert {SAVE, PLAN, EXPORT_INTERNAL} & may["pimpinan"] == set()


def test_only_those_who_keep_the_data_open_its_pages():
    opens = {key: role.opens("data") for key, role in roles().items()}
    assert opens == {"pimpinan": False, "perencana": False, "petugas": True, "admin": True}


def test_an_unknown_action_is_a_mistake_of_the_program():
    with pytest.raises(ValueError, match="fly is not one of"):
        roles()["admin"].may("fly")

import pytest
from operator_pages import TOKEN, Clock

from bot.web.operations.access import SESSION_S, Access, Attempts


def test_only_the_token_opens():
    access = Access(TOKEN, Clock())
    assert access.knows(TOKEN)
    assert not access.knows(TOKEN[:-1])
    assert not access.knows("")
    assert not access.knows("राज़")


def test_a_session_ends():
    clock = Clock()
    access = Access(TOKEN, clock)
    session = access.new_session()
    assert TOKEN not in session
    clock.seconds += SESSION_S - 1
    assert access.is_open(session)
    assert Access(TOKEN, clock).is_open(session), "a restart ends none"
    clock.seconds += 1
    assert not access.is_open(session)


def test_another_token_ends_all_sessions():
    clock = Clock()
    assert not Access("kuchh-aur-hi-raaz", clock).is_open(Access(TOKEN, clock).new_session())


@pytest.mark.parametrize("forged", ["", ".", "..", "9999999999.x.", "राज़.x.y"])
def test_what_wasnt_signed_here_is_no_session(forged):
    access = Access(TOKEN, Clock())
    assert not access.is_open(forged)


def test_a_session_cant_be_prolonged():
    access = Access(TOKEN, Clock())
    expires, _, rest = access.new_session().partition(".")
    assert not access.is_open(f"{int(expires) + 1}.{rest}")


def test_a_form_belongs_to_its_session():
    access = Access(TOKEN, Clock())
    one, other = access.new_session(), access.new_session()
    assert access.is_form_key(access.form_key(one), one)
    assert not access.is_form_key(access.form_key(one), other)
    assert not access.is_form_key(one.rpartition(".")[2], one), "the cookie's signature is no form key"


def test_five_wrong_tokens_then_one_a_minute():
    clock = Clock()
    attempts = Attempts(clock)
    assert [attempts.wrong() for _ in range(7)] == [0, 0, 0, 0, 0, 60, 60]
    clock.seconds += 60
    assert [attempts.wrong() for _ in range(2)] == [0, 60]
    clock.seconds += 3600
    assert [attempts.wrong() for _ in range(6)] == [0, 0, 0, 0, 0, 60]

import pytest

from wielkopolskaes.accounts.passwords import Passwords, is_guessable, is_too_long, is_too_short
from wielkopolskaes.security.permissions import Role

OWN = ("Ewa Próba", "ewa.proba@rops.example.org")


@pytest.mark.parametrize(
    "password",
    [
        "haslo123456789",
        "Haslo-haslo-haslo",
        "qwertyuiop123",
        "1q2w3e4r5t6y7u8i",
        "P@ssw0rd1234567",
        "passwordpassword",
        "aaaaaaaaaaaaaaaa",
        "121212121212121212",
        "123456789012",
        "RopsPoznań2024!",
        "Certyfikat2024!",
        "wielkopolska!2026",
        "Ewa.Próba.2026!!",
        "ProbaProba123456",
        "Kochanie123456!",
        "justinbieber",
    ],
)
def test_what_everybody_tries_first_is_refused(password):
    assert is_guessable(password, OWN)


@pytest.mark.parametrize(
    "password",
    [
        "zielony-rower-nad-warta",
        "correct horse battery staple",
        "x8#kLw02mZq!e",
        "śpiący borsuk liczy owce",
        "Poznań jesienią pachnie liśćmi",
    ],
)
def test_a_good_password_is_taken_whatever_signs_it_has(password):
    assert not is_guessable(password, OWN)


def test_the_length_is_counted_in_characters():
    assert is_too_short("ż" * 11)
    assert not is_too_short("ż" * 12)
    assert not is_too_long("ż" * 128)
    assert is_too_long("ż" * 129)


def test_a_long_row_of_known_words_is_refused():
    assert is_guessable("passwordhaslo" * 9)


@pytest.fixture(scope="module")
def hasher():
    return Passwords(passes=1, kibibytes=8)


def test_only_the_password_fits_its_hash(hasher):
    kept = hasher.hash("zielony-rower")

    assert kept.startswith("$argon2id$")
    assert "zielony" not in kept
    assert hasher.verify(kept, "zielony-rower")
    assert not hasher.verify(kept, "zielony-rowek")


@pytest.mark.parametrize("kept", ["", "!", "$argon2id$broken"])
def test_nothing_fits_where_there_is_no_hash(hasher, kept):
    assert not hasher.verify(kept, "the password of nobody")


def test_the_same_letters_typed_in_two_ways_are_one_password(hasher):
    assert hasher.verify(hasher.hash("z\u0307o\u0301\u0142w-i-z\u0307aba"), "żółw-i-żaba")


def test_a_hash_with_older_figures_is_made_anew_at_the_login(db, known, enter, registry, root):
    ewa = known(Role.EDITOR)
    old = ewa.password_hash = Passwords(passes=1, kibibytes=16).hash("zielony-rower-nad-warta")

    enter(ewa.email)

    assert ewa.password_hash != old
    assert not registry.passwords.is_outdated(ewa.password_hash)

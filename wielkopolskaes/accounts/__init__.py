"""People: invitations, logins, second factor, roles."""

from pyramid.config import Configurator

# What a stranger may open.
DOORS = (
    ("login", "/zaloguj"),
    ("code", "/zaloguj/kod"),
    ("enrol", "/zaloguj/drugi-skladnik"),
    ("logout", "/wyloguj"),
    ("invitation", r"/zaproszenie/{token:[\w-]{1,100}}"),
    ("reset", "/nowe-haslo"),
    ("new_password", r"/nowe-haslo/{token:[\w-]{1,100}}"),
)
OWN = (
    ("own", "/konto"),
    ("password", "/konto/haslo"),
    ("confirm", "/konto/potwierdz"),
    ("factor", "/konto/drugi-skladnik"),
    ("factor_off", "/konto/drugi-skladnik/wylacz"),
    ("codes", "/konto/kody"),
    ("logins", "/konto/logowania"),
)
ONE = r"/redakcja/osoby/{id:\d+}"
PEOPLE = (
    ("people", "/redakcja/osoby"),
    ("person_new", "/redakcja/osoby/nowa"),
    ("person", ONE),
    ("person_email", f"{ONE}/adres"),
    ("person_invite", f"{ONE}/zaproszenie"),
    ("person_logout", f"{ONE}/wylogowanie"),
    ("person_factor", f"{ONE}/drugi-skladnik"),
    ("person_role", f"{ONE}/rola"),
    ("person_role_off", f"{ONE}/rola/odbierz"),
    ("person_rights", f"{ONE}/dostep"),
    ("person_close", f"{ONE}/zamkniecie"),
)


def includeme(config: Configurator) -> None:
    """Add the pages of the account and of the administration of people."""
    from wielkopolskaes.accounts.confirmation import confirmed_view
    from wielkopolskaes.accounts.passwords import Passwords
    from wielkopolskaes.accounts.services import RESET_JOB
    from wielkopolskaes.security.office import Office

    config.registry.passwords = Passwords()
    config.add_view_deriver(confirmed_view)
    config.add_job(RESET_JOB, "wielkopolskaes.accounts.jobs.send_reset", urgent=True)
    for name, path in DOORS + OWN:
        config.add_route(f"account.{name}", path, factory=Office)
    for name, path in PEOPLE:
        config.add_route(f"desk.{name}", path, factory=Office)
    config.scan("wielkopolskaes.accounts.views")

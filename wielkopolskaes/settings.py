"""Typed settings: one table, filled from the environment and the ini file.

The environment wins over the ini file, the ini file over the default.  A secret may also come
from a file: ``WIELKOPOLSKAES_SECRET_FILE=/run/credentials/…`` stands for ``WIELKOPOLSKAES_SECRET``.
"""

import os
import re
import stat
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import SplitResult, urlsplit

from pyramid.config import Configurator
from pyramid.settings import asbool

from wielkopolskaes import setting_values

ROOT = Path(__file__).resolve().parent.parent
DEVELOPMENT_SECRET = "development only: everybody can read this line"  # noqa: S105
REQUIRED = None

_PASSWORD = re.compile(r"://[^/@]*:[^/@]+@")
_DEBUG_SETTING = re.compile(r"(pyramid\.)?(debug|reload)_\w+")
_DEBUG_VARIABLE = re.compile(r"PYRAMID_(DEBUG|RELOAD)_\w+")


class SettingsError(Exception):
    """The portal cannot start; ``problems`` holds every reason, not only the first."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("The portal cannot start:\n" + "\n".join(f"  - {p}" for p in problems))


@dataclass(frozen=True, slots=True)
class Settings:
    """What the portal was told, as ``config.registry.portal`` and ``request.portal``.

    ``base_url`` has no trailing slash.  ``hosts`` is the allow-list of host names without ports;
    the host of ``base_url`` is always among them.  ``bip_url`` is the office's Public Information
    Bulletin (BIP), linked from every page when given.  ``data_licence`` is the address of the
    licence under which the office gives the descriptions of records away.  An empty ``files_url``
    means the folder ``files`` under ``var``; ``s3://…`` takes its keys from the AWS_* variables.
    Without a ``mail_url`` letters are laid into the folder ``mail`` under ``var``.  A
    ``metrics_port`` of 0 is none.  ``search_backend`` is one of ``setting_values.SEARCH_BACKENDS``.
    """

    database_url: str
    var: Path
    base_url: str
    hosts: tuple[str, ...]
    bip_url: str
    data_licence: str
    secret: str
    production: bool
    content_dir: Path
    static_dir: Path
    locale_dir: Path
    schemas_dir: Path
    migrations_dir: Path
    files_url: str
    log_json: bool
    worker_in_process: bool
    page_cache: bool
    mail_url: str
    mail_from: str
    metrics_port: int
    search_backend: str


class Field(NamedTuple):
    """One setting: its name in the ini file, in the environment, its type and its defaults."""

    key: str
    env: str
    read: Callable[[str], Any]
    default: str
    in_production: str | None

    @property
    def ini(self) -> str:
        return f"wielkopolskaes.{self.key}"


TABLE = tuple(
    Field(key, f"WIELKOPOLSKAES_{key.upper()}", read, default, in_production)
    for key, read, default, in_production in (
        ("production", setting_values.flag, "false", "true"),
        ("var", setting_values.path, str(ROOT / "var"), REQUIRED),
        ("database_url", setting_values.text, "", REQUIRED),
        ("secret", setting_values.secret, DEVELOPMENT_SECRET, REQUIRED),
        ("base_url", setting_values.url_of, "http://localhost:6543", REQUIRED),
        ("hosts", setting_values.hosts, "", ""),
        ("bip_url", setting_values.url_or_nothing, "", ""),
        ("data_licence", setting_values.exactly_or_nothing, "", ""),
        ("files_url", setting_values.text, "", ""),
        ("content_dir", setting_values.path, str(ROOT / "content"), str(ROOT / "content")),
        ("static_dir", setting_values.path, str(ROOT / "static"), str(ROOT / "static")),
        ("locale_dir", setting_values.path, str(ROOT / "locale"), str(ROOT / "locale")),
        ("schemas_dir", setting_values.path, str(ROOT / "schemas"), str(ROOT / "schemas")),
        ("migrations_dir", setting_values.path, str(ROOT / "migrations"), str(ROOT / "migrations")),
        ("log_json", setting_values.flag, "false", "true"),
        ("worker_in_process", setting_values.flag, "true", "false"),
        ("page_cache", setting_values.flag, "true", "true"),
        ("mail_url", setting_values.mail_url, "", REQUIRED),
        ("mail_from", setting_values.mailbox, "Portal <portal@localhost>", REQUIRED),
        ("metrics_port", setting_values.port, "0", "0"),
        ("search_backend", setting_values.search_backend, "whoosh", "whoosh"),
    )
)
SECRET = frozenset({"secret", "database_url", "mail_url"})
CLOUD_KEYS = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")


def load(ini: Mapping[str, Any], environ: Mapping[str, str] = os.environ) -> Settings:
    """Read and check the settings.

    ``ini`` is the application's section; with ``__file__`` among its keys the access rights of
    that file are checked too.  Raises ``SettingsError`` with all that is missing or wrong.
    """
    values: dict[str, Any] = {}
    problems: list[str] = []
    production = _in_production(ini, environ)
    for field in TABLE:
        try:
            values[field.key] = field.read(_raw(field, ini, environ, production))
        except (ValueError, OSError) as error:
            problems.append(f"{field.env}: {error}")
    problems += _contradictions(values)
    if production:
        problems += _dangers(values, ini, environ)
    if problems:
        raise SettingsError(problems)
    return _completed(values)


def _in_production(ini: Mapping[str, Any], environ: Mapping[str, str]) -> bool:
    """An answer that cannot be read counts as yes; reading the table then names it."""
    answer = _raw(TABLE[0], ini, environ, production=False).strip().lower()
    return answer not in {"false", "no", "off", "0"}


def _raw(field: Field, ini: Mapping[str, Any], environ: Mapping[str, str], production: bool) -> str:
    told = environ.get(field.env) or _from_file(field, environ) or ini.get(field.ini)
    if told:
        return str(told)
    default = field.in_production if production else field.default
    if default is REQUIRED:
        raise ValueError(f"is missing{_hint(field)}")
    return default


def _hint(field: Field) -> str:
    return f" (or {field.env}_FILE, the name of a file that holds it)" * (field.key in SECRET)


def _from_file(field: Field, environ: Mapping[str, str]) -> str:
    name = environ.get(f"{field.env}_FILE") if field.key in SECRET else None
    return Path(name).read_text(encoding="utf-8").strip() if name else ""


def _completed(values: dict[str, Any]) -> Settings:
    host = urlsplit(values["base_url"]).hostname
    values["hosts"] = tuple(dict.fromkeys((host, *values["hosts"])))
    values["mail_url"] = values["mail_url"] or f"file://{values['var']}/mail"
    values["database_url"] = values["database_url"] or f"sqlite:///{values['var']}/portal.sqlite"
    return Settings(**values)


def _contradictions(values: Mapping[str, Any]) -> Iterator[str]:
    on_postgresql = values.get("database_url", "postgresql").startswith("postgresql")
    if values.get("search_backend") == "postgres" and not on_postgresql:
        yield (
            "WIELKOPOLSKAES_SEARCH_BACKEND: postgres needs a PostgreSQL database; write whoosh, or"
            " another WIELKOPOLSKAES_DATABASE_URL"
        )


def _dangers(
    values: Mapping[str, Any], ini: Mapping[str, Any], environ: Mapping[str, str]
) -> Iterator[str]:
    """What development may do and production may not."""
    yield from _weak_values(values)
    yield from _no_cloud_keys(values, environ)
    yield from _debug_left_on(ini, environ)
    yield from _open_files(ini, environ)


def _weak_values(values: Mapping[str, Any]) -> Iterator[str]:
    if values.get("secret") == DEVELOPMENT_SECRET:
        yield "WIELKOPOLSKAES_SECRET: is the one of development; give a random one"
    if values.get("base_url", "https:").startswith("http:"):
        yield "WIELKOPOLSKAES_BASE_URL: must begin with https://"
    if values.get("database_url", "postgresql").split("+")[0].split(":")[0] != "postgresql":
        yield "WIELKOPOLSKAES_DATABASE_URL: must begin with postgresql+psycopg://"
    yield from _weak_mail(urlsplit(values.get("mail_url", "smtps://localhost")))


def _weak_mail(url: SplitResult) -> Iterator[str]:
    if url.scheme not in {"smtp", "smtps"}:
        yield "WIELKOPOLSKAES_MAIL_URL: must begin with smtp:// or smtps://"
    elif url.scheme == "smtp" and url.password and "starttls=1" not in url.query:
        yield "WIELKOPOLSKAES_MAIL_URL: a password needs ?starttls=1 or smtps://"


def _no_cloud_keys(values: Mapping[str, Any], environ: Mapping[str, str]) -> Iterator[str]:
    if values.get("files_url", "").startswith("s3:"):
        yield from (f"{name}: is missing" for name in CLOUD_KEYS if not environ.get(name))


def _debug_left_on(ini: Mapping[str, Any], environ: Mapping[str, str]) -> Iterator[str]:
    for name in sorted(ini):
        if _DEBUG_SETTING.fullmatch(name) and asbool(ini[name]):
            yield f"{name}: switch it off, it is for development"
        elif "debugtoolbar" in f"{name} {ini[name]}":
            yield f"{name}: take the debug toolbar out, it is for development"
    for name in sorted(environ):
        if _DEBUG_VARIABLE.fullmatch(name) and asbool(environ[name]):
            yield f"{name}: switch it off, it is for development"


def _open_files(ini: Mapping[str, Any], environ: Mapping[str, str]) -> Iterator[str]:
    """Name each file that holds a secret and that every account of the machine may read."""
    holders = {environ.get(f"{field.env}_FILE") for field in TABLE if field.key in SECRET}
    if any(_holds_secret(field, ini) for field in TABLE):
        holders.add(ini.get("__file__"))
    for name in sorted(filter(None, holders)):
        if Path(name).exists() and Path(name).stat().st_mode & stat.S_IROTH:
            yield f"{name}: holds a secret and everybody may read it; chmod o-rwx"


def _holds_secret(field: Field, ini: Mapping[str, Any]) -> bool:
    told = str(ini.get(field.ini) or "")
    return bool(told) and (field.key == "secret" or bool(_PASSWORD.search(told)))


def includeme(config: Configurator) -> None:
    """Read the settings once; stop the process with one readable message when they are wrong.

    A drill brings settings of its own (`portal`), which no variable may override.
    """
    try:
        portal = config.registry.settings.get("portal") or load(config.registry.settings)
    except SettingsError as error:
        raise SystemExit(str(error)) from None
    config.registry.portal = portal
    config.add_request_method(lambda request: request.registry.portal, "portal", property=True)

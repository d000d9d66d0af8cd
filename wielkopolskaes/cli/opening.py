"""What the verbs open: the settings, the database, the whole portal without a web server."""

import argparse
import getpass
import logging
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import plaster
from pyramid.registry import Registry
from sqlalchemy.engine import Engine

from wielkopolskaes.audit.services import ACTOR, Actor
from wielkopolskaes.cli.running import CONFIGURATION, Refusal
from wielkopolskaes.settings import Settings, load


def read_ini(args: argparse.Namespace) -> dict[str, Any]:
    """Read the application's section of the configuration file."""
    if not args.config.is_file():
        raise Refusal(f"There is no configuration file {args.config}.", CONFIGURATION)
    section = plaster.get_settings(str(args.config), "app:main")
    if not section:
        raise Refusal(f"{args.config} has no section [app:main].", CONFIGURATION)
    return {**section, "__file__": str(args.config)}


def read_settings(args: argparse.Namespace) -> Settings:
    """Read the settings; raises SettingsError with all that is missing or wrong."""
    return load(read_ini(args))


def open_database(portal: Settings) -> AbstractContextManager[Engine]:
    """Open the database alone."""
    from wielkopolskaes.db import open_engine

    return open_engine(portal.database_url)


@contextmanager
def open_portal(args: argparse.Namespace) -> Iterator[Registry]:
    """Put the whole portal together, with no web server and no worker."""
    from wielkopolskaes import configure
    from wielkopolskaes.db import carry

    ini = read_ini(args)
    load(ini)
    logging.basicConfig(level=logging.WARNING)
    registry = configure(**ini).registry
    carry(registry.dbsession_factory, {ACTOR: command(args.verb)})
    try:
        yield registry
    finally:
        registry.engine.dispose()


def command(verb: str) -> Actor:
    """Name who types, for the trail of events: the verb and the system account."""
    try:
        return Actor(None, f"command {verb} ({getpass.getuser()})")
    except (KeyError, OSError):
        # A container may run under a number that has no name.
        return Actor(None, f"command {verb}")

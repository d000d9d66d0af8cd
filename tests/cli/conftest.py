import os
from types import SimpleNamespace

import pytest

from tests.databases import KINDS, own_database
from wielkopolskaes.cli import main

INDEX = """\
---
kind: section
title: Portal
lang: pl
---
Treść.
"""


@pytest.fixture(autouse=True)
def no_settings_from_outside(monkeypatch):
    for name in [name for name in os.environ if name.startswith("WIELKOPOLSKAES_")]:
        monkeypatch.delenv(name)


@pytest.fixture(params=KINDS)
def own_url(request, tmp_path):
    with own_database(request.param, tmp_path) as url:
        yield url


@pytest.fixture
def content(tmp_path):
    """A folder of starting content with one page."""
    folder = tmp_path / "content"
    folder.mkdir()
    (folder / "index.md").write_text(INDEX, encoding="utf-8")
    return folder


@pytest.fixture
def write_ini(tmp_path):
    """Write a configuration file; settings by their names without the prefix."""

    def write_ini(**settings):
        path = tmp_path / "portal.ini"
        lines = [f"wielkopolskaes.{name} = {value}" for name, value in settings.items()]
        path.write_text("\n".join(["[app:main]", *lines, ""]), encoding="utf-8")
        path.chmod(0o600)
        return path

    return write_ini


@pytest.fixture
def ini(write_ini, tmp_path, content, own_url):
    return write_ini(var=tmp_path / "var", database_url=own_url, content_dir=content)


@pytest.fixture
def cli(ini, capsys):
    """Run the command as an operator would; tells the exit code and what was printed."""

    def cli(*argv, config=ini):
        capsys.readouterr()
        code = main(["--config", str(config), *argv])
        printed = capsys.readouterr()
        return SimpleNamespace(code=code, out=printed.out, err=printed.err)

    return cli

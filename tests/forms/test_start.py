"""deform is there when a form is, and nothing of its own templates and assets ever is."""

import subprocess
import sys

import pytest
from chameleon.zpt.loader import TemplateLoader
from deform.widget import Widget

from tests.forms.every import every_form
from wielkopolskaes.forms.rendering import FOLDER
from wielkopolskaes.forms.structure import CONTROLS, Part, Parts
from wielkopolskaes.settings import ROOT

START = """
import sys
from wielkopolskaes import configure
import wielkopolskaes.forms
from wielkopolskaes.forms import Form
from wielkopolskaes.forms.form import Refused
config = configure(**{"wielkopolskaes.var": sys.argv[1], "wielkopolskaes.database_url": "sqlite://",
    "wielkopolskaes.secret": "x" * 40, "wielkopolskaes.base_url": "http://localhost",
    "wielkopolskaes.worker_in_process": "false"})
heavy = {"deform", "peppercorn", "chameleon"}
print(sorted(heavy & {name.split(".")[0] for name in sys.modules}))
"""


def test_the_portal_starts_without_deform(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", START, str(tmp_path)], capture_output=True, text=True, cwd=ROOT,
        check=True,
    )  # fmt: skip
    assert done.stdout.strip() == "[]"


def test_a_form_can_be_made_where_warnings_are_errors(tmp_path):
    # The first two come with Pyramid and WebOb, long before any form.
    allowed = ["-W", "ignore:'cgi':DeprecationWarning", "-W", "ignore:pkg_resources",
               "-W", "ignore:Deprecated call:DeprecationWarning"]  # fmt: skip
    code = f"{START}\nimport wielkopolskaes.forms.structure"
    subprocess.run(
        [sys.executable, "-W", "error", *allowed, "-c", code, str(tmp_path)], check=True, cwd=ROOT,
        capture_output=True,
    )  # fmt: skip


def test_no_template_of_deform_is_ever_loaded(request_, monkeypatch):
    def refuse(*_args, **_kw):
        pytest.fail("a template of deform")

    monkeypatch.setattr(TemplateLoader, "load", refuse)
    html = every_form(request_).render({"lines": ["x"]}).__html__()
    assert "deform" not in html
    assert "__start__" in html


def test_every_widget_has_a_template_of_ours():
    folder = ROOT / FOLDER.replace(":", "/")
    for widget in (*CONTROLS.values(), Part, Parts):
        assert (folder / f"{widget.template}.jinja2").is_file()
        assert widget.__module__.startswith("wielkopolskaes.forms")
        assert issubclass(widget, Widget)


def test_every_module_a_form_asks_for_is_there():
    wanted = {widget.script for widget in (*CONTROLS.values(), Parts)} - {""}
    there = {path.name for path in (ROOT / "static" / "js").iterdir()}
    assert wanted | {"summary.js"} <= there

"""The example of docs/forms.md does what the page says."""

import re

import pytest
from webob.multidict import MultiDict

from tests.forms.conftest import posted, soup
from wielkopolskaes.settings import ROOT


@pytest.fixture
def example():
    text = (ROOT / "docs" / "forms.md").read_text(encoding="utf-8")
    code = re.search(r"```python\n(.*?)```", text, re.S)[1]
    names = {}
    exec(compile(code, "docs/forms.md", "exec"), names)
    return code, names["edit_venue"]


def sent(request, pairs):
    request.method = "POST"
    request.environ["webob._parsed_post_vars"] = (MultiDict(pairs), request.body_file_raw)
    return request


def test_it_takes_about_twenty_lines(example):
    code, _view = example
    assert len([line for line in code.splitlines() if line]) <= 25


def test_the_form_comes_back_as_it_was_shown(example, request_):
    _code, view = example
    pairs = posted(soup(view(request_)["form"]))
    answer = view(sent(request_, pairs))
    assert answer.status_int == 303
    assert "Sala" in answer.location


def test_an_error_is_shown_with_what_was_typed(example, request_):
    _code, view = example
    form = view(sent(request_, [("name", ""), ("seats", "sto")]))["form"]
    assert request_.response.status_int == 422
    page = soup(form)
    assert page.select_one("#form-seats")["value"] == "sto"
    assert len(page.select(".error-summary a")) == 2

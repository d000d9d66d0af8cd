import pytest
from babel.messages import Message

from tools.catalogues import bind, placeholders_agree
from tools.lint_templates import problems


@pytest.mark.parametrize(
    ("template", "problem"),
    [
        ("<p>Witaj</p>", "text outside of a translation: Witaj"),
        ('<p>{{ _("Hello") }} świecie</p>', "text outside of a translation: 0 świecie"),
        ('<img alt="Kot">', "alt outside of a translation: Kot"),
        ('<p style="color: red">0</p>', "the policy forbids style=…"),
        ('<a onclick="go()">0</a>', "the policy forbids onclick=…"),
        ('<a href="javascript:go()">0</a>', "the policy forbids href=…"),
        ("<script>go()</script>", "the policy forbids an inline <script>"),
        ("<style>p { color: red }</style>", "the policy forbids an inline <style>"),
        (
            '{% macro own() %} title="Kot"{% endmacro %}',
            'text outside of a translation: title="Kot"',
        ),
    ],
)
def test_a_template_is_told_what_is_wrong_with_it(template, problem):
    assert problem in [found for _line, found in problems(template)]


@pytest.mark.parametrize(
    "template",
    [
        '<p class="lead">{{ _("Hello") }}</p>',
        "{% trans n=count %}One page{% pluralize %}{{ n }} pages{% endtrans %}",
        '<img alt="{{ _("A cat") }}">',
        '<span translate="no">Polski <span>i</span> angielski</span>',
        '<a lang="en" href="/en">English</a>',
        '<script type="application/ld+json">{"name": "{{ name }}"}</script>',
        '<script src="/static/js/menu.js" type="module"></script>',
        '{% macro lang(own) %}{% if own %} lang="{{ own }}"{% endif %}{% endmacro %}',
        '{% macro a(me) %} aria-invalid="true"{% if me.needed %} required{% endif %}{% endmacro %}',
        """{% block b %}data-rich data-words='{{ {"bold": _("Bold")}|tojson }}'{% endblock %}""",
    ],
)
def test_a_good_template_passes(template):
    assert list(problems(template)) == []


def test_a_template_that_does_not_compile_is_found():
    assert [line for line, _problem in problems("<p>\n{% if %}</p>")] == [2]


@pytest.mark.parametrize(
    ("message", "agrees"),
    [
        (Message("Moved ${n} pages", "Przeniesiono strony: ${n}"), True),
        (Message("Moved ${n} pages", "Przeniesiono strony"), False),
        (Message("%(who)s wrote", "Napisał %(kto)s"), False),
        (Message("<b>Stop</b>", "<b>Stój</b>"), True),
        (Message("<b>Stop</b>", "Stój"), False),
        (Message(("A page", "%(n)s pages"), ("Strona", "%(n)s strony", "%(n)s stron")), True),
        (Message(("A page", "%(n)s pages"), ("Strona", "%(m)s strony", "%(n)s stron")), False),
    ],
)
def test_a_translation_keeps_the_placeholders_of_its_id(message, agrees):
    assert placeholders_agree(message) is agrees


def test_polish_one_letter_words_are_bound_to_the_next_word():
    assert bind("Z nami i w domu, np. a z Tobą") == "Z\xa0nami i\xa0w\xa0domu, np. a\xa0z\xa0Tobą"
    assert bind("kto, co, jakie") == "kto, co, jakie"

"""The forms of content types: shown, sent back as they are, refused."""

import pytest

from tests.content.items import filled
from tests.forms.conftest import posted, soup
from wielkopolskaes.content import TYPES
from wielkopolskaes.forms import Form, Refused
from wielkopolskaes.newsroom.editing.schemas import shown_schema


@pytest.mark.parametrize("kind", TYPES)
def test_the_form_of_a_new_item_is_refused_for_want_of_a_title(kind, bound, request_):
    form = Form(bound(kind), request_, submit="Zapisz")
    sent = posted(soup(form.render()))

    with pytest.raises(Refused) as caught:
        Form(bound(kind), request_, submit="Zapisz").validate(sent)

    assert "form-title" in [where for where, *_ in caught.value.form.errors]


@pytest.mark.parametrize("kind", TYPES)
def test_a_form_sent_back_as_it_was_shown_changes_nothing(kind, bound, request_):
    schema = bound(kind)
    values = schema.deserialize(filled(schema, "Tekst", {}))
    form = Form(bound(kind), request_, submit="Zapisz").render(values)
    again = Form(bound(kind), request_, submit="Zapisz").validate(posted(soup(form)))
    assert again == values


def test_the_words_of_forms_stay_out_of_what_else_reads_a_type(registry):
    content_type = registry.content_types["article"]
    shown_schema(content_type, new=True)
    said = {str(field.missing_msg) for field in content_type.schema().children}
    assert said == {"Required"}

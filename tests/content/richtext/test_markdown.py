import pytest

from wielkopolskaes.content.richtext import clean, internalise, to_html


@pytest.mark.parametrize(
    ("markdown", "stored"),
    [
        ("# Cele\n\ntekst", "<h2>Cele</h2>\n<p>tekst</p>"),
        ("- a\n  - b\n- c", "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"),
        ("- a) raz;\n- b) dwa.", '<ol type="a"><li>raz;</li><li>dwa.</li></ol>'),
        ("3. a\n4. b", '<ol start="3"><li>a</li><li>b</li></ol>'),
        ("**a** *b* `c`", "<p><strong>a</strong> <em>b</em> <code>c</code></p>"),
        ("> a", "<blockquote><p>a</p></blockquote>"),
        ('[a](/b "c")', '<p><a href="/b" title="c">a</a></p>'),
        ("<https://example.org>", '<p><a href="https://example.org">https://example.org</a></p>'),
        ("<b>a</b>", "<p>&lt;b&gt;a&lt;/b&gt;</p>"),
        ("[a](javascript:x)", "<p>[a](javascript:x)</p>"),
        ("```\na  b\n```", "<pre>a  b</pre>"),
        (
            "| A | B |\n|---|---|\n| 1 | 2 |",
            '<table><thead><tr><th scope="col">A</th><th scope="col">B</th></tr></thead>'
            "<tbody><tr><td>1</td><td>2</td></tr></tbody></table>",
        ),
        ("", ""),
    ],
)
def test_markdown_is_one_more_way_to_write_the_same_texts(markdown, stored):
    assert clean(to_html(markdown)) == stored


def test_a_picture_alone_in_a_paragraph_is_a_figure_with_its_title_as_caption():
    html = to_html('tekst\n\n![Tkanina](/zasoby/tkanina "Fot. ROPS & <inni>")')
    assert internalise(html, {"/zasoby/tkanina": 5}.get, []) == (
        '<p>tekst</p>\n<figure><img src="node:5" alt="Tkanina">'
        "<figcaption>Fot. ROPS &amp; &lt;inni&gt;</figcaption></figure>"
    )


def test_a_picture_without_title_is_a_figure_without_caption():
    assert clean(to_html("![a](node:5)")) == '<figure><img src="node:5" alt="a"></figure>'


def test_a_picture_within_a_sentence_stays_there():
    assert clean(to_html("a ![b](node:5) c")) == '<p>a <img src="node:5" alt="b"> c</p>'

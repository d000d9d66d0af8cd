"""Strategies: what people and machines put into a text."""

from pathlib import Path

from hypothesis import strategies as st

from tests.content.richtext import payloads

WORD = (Path(__file__).parent / "word-clipboard.html").read_text(encoding="utf-8")

_TAGS = """
a abbr b blockquote body br caption cite code dd del div dl dt em figcaption figure font form h1 h2
h3 h4 h5 h6 hr i iframe img ins li math o:p ol p pre q script section span strong style sub sup svg
table tbody td template textarea tfoot th thead time title tr u ul xml
"""
_ATTRIBUTES = [
    ' alt="opis"', ' aria-level="2"', ' class="MsoNormal"', ' colspan="3"', " data='",
    ' datetime="2026-11-22"', ' href="#_ftn1"', ' href="#cele"', ' href="/projekty/wces"',
    ' href="https://example.org/?a=b&c=d"', ' href="javascript:x"', ' href="node:12#cele"',
    ' href="www.example.org"', ' lang="en"', " lang=PL", " reversed", ' rowspan="2"', " scope=row",
    ' src="node:4"', ' src="file:///C:/x.jpg"', ' start="3"', ' style="display:none"',
    ' style="font-weight:bold"', ' style="mso-list:Ignore"', ' style="mso-list:l0 level2 lfo1"',
    ' title="a > b"', ' type="a"', "/", ' onclick="x"',
]  # fmt: skip
_TEXTS = [
    "x", "słowo w zdaniu", "Cele:", "· raz;", "- dwa;", "– trzy,", "* cztery", "1. pięć",
    "2. sześć", "3) siedem", "a) osiem", "b) dziewięć", "i) jeden", "- a) k", "- b) l", "(1) z",
    "·", "1.", "-", " ", "\u00a0", "\n", "\r\n", "\t", "<", ">", "&", "&lt;", "&amp;lt;",
    "&nbsp;", "&#0;", "&#x301;", "e\u0301", "\u0338", "\u200b", "\uf0b7 x", "\ufdd0", "\x00",
    "\ud800", '"', "'", "{", "}", "[", "{phocagallery view=category}", "{loadposition ",
    "[gallery ids=1]", "]", "<!--", "-->", "<![if x]>", "<!--[if gte mso 9]>", "<![endif]-->",
    "<?xml?>", "]]>",
]  # fmt: skip

_opening = st.builds(
    lambda tag, attrs: f"<{tag}{''.join(attrs)}>",
    st.sampled_from(_TAGS.split()),
    st.lists(st.sampled_from(_ATTRIBUTES), max_size=3),
)
_closing = st.sampled_from(_TAGS.split()).map(lambda tag: f"</{tag}>")
_words = st.sampled_from(_TEXTS) | st.text(max_size=12)

FRAGMENTS = st.lists(_opening | _closing | _words, max_size=30).map("".join)


def _whole(children):
    """Well-formed elements."""
    return st.builds(
        lambda tag, attrs, inner: f"<{tag}{''.join(attrs)}>{''.join(inner)}</{tag}>",
        st.sampled_from(_TAGS.split()),
        st.lists(st.sampled_from(_ATTRIBUTES), max_size=2),
        st.lists(children, max_size=5),
    )


TREES = st.recursive(_words, _whole, max_leaves=25)


@st.composite
def word_mutations(draw):
    """Draw a paste from Word that was cut, doubled, or mixed with something else."""
    html = WORD
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(html)))
        end = min(len(html), start + draw(st.integers(0, 80)))
        piece = draw(st.just("") | st.just(html[start:end] * 2) | FRAGMENTS)
        html = html[:start] + piece + html[end:]
    return html


ANYTHING = st.text() | FRAGMENTS | TREES | word_mutations() | st.sampled_from(payloads.ALL).map(str)

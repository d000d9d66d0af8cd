/* Running texts: a light editor over the textarea that the form has without this module.
   It makes only what the portal can store, and the server decides in the end. A text that
   nobody touches is sent back as it came, letter for letter. */

// ---- what there is

const STEPS = 200;
const ALLOWED_FORMATS = new Set(["formatBold", "formatItalic"]);
let count = 0;

const BUTTONS = [
  [["paragraph", "¶", "Control+Alt+0"], ["h2", "H2", "Control+Alt+2"], ["h3", "H3", "Control+Alt+3"]],
  [["bold", "#bold", "Control+B"], ["italic", "#italic", "Control+I"]],
  [["list", "#list", "Control+Shift+8"], ["ordered", "#ordered", "Control+Shift+7"], ["quote", "#quote", "Control+Shift+9"]],
  [["link", "#link", "Control+K"], ["image", "#image", ""]],
  [["table", "#table", ""], ["row_add", "+≡", ""], ["row_remove", "−≡", ""], ["column_add", "+|||", ""], ["column_remove", "−|||", ""]],
  [["clear", "#close", "Control+\\"], ["undo", "#undo", "Control+Z"], ["redo", "", "Control+Y"]],
];
const IN_TABLE = new Set(["row_add", "row_remove", "column_add", "column_remove"]);
const TOGGLES = new Set(["paragraph", "h2", "h3", "bold", "italic", "list", "ordered", "quote", "link"]);

// What is one line of the text, what holds lines, and what is never joined with its neighbour.
const LINES = "p, h2, h3, h4, li, td, th, pre, dt, dd, figcaption, caption, blockquote";
const FIXED = "td, th, figcaption, caption";
const HOLDERS = "ul, ol, li, blockquote, dl";

// What the portal can store; the server says the same with more authority.
const TAGS = new Set(
  ("p h2 h3 h4 ul ol li a strong em blockquote table caption thead tbody tr th td br hr abbr sup " +
    "sub code pre figure figcaption img dl dt dd span cite q time").split(" "),
);
const RENAMED = { b: "strong", i: "em" };
const DROPPED = "script, style, template, noscript, iframe, object, embed, svg, math, title, textarea, select, option, xmp, noembed, noframes, plaintext, audio, video";
const ATTRIBUTES = {
  a: ["href", "title"], abbr: ["title"], img: ["src", "alt"], ol: ["start", "reversed", "type"],
  td: ["colspan", "rowspan"], th: ["colspan", "rowspan", "scope"], time: ["datetime"],
};
const ADDRESS = /^(?:https?:\/\/|mailto:|tel:|node:\d+(?:[?#]|$)|\/(?!\/)|#)/i;
const NODE = /^node:(\d+)$/;

// Not in the names of elements, such as strong, nor of signs, such as &cong;.
const REPORTED = /(?<!<\/?\w*|&\w*)(?:on(?=[a-z])|style)/gi;
const STYLES = /<(\/?)style(?=[\s/>])/gi;
const BREAK = "\ufdd0";

const FIND = "/redakcja/tresci/szukaj.json";
const OUTER = /^(?:https?:\/\/[^\s/]+|mailto:\S+@\S+|tel:\+?[\d\s-]+|\/(?!\/)|#\S)/i;
const MAILBOX = /^[^\s@:/?#]+@[^\s@:/?#]+\.[a-z]{2,}$/i;
const BARE = /^www\.[^\s/]+\.\S+$/i;
const WAIT = 200;

// ---- the editor

class Editor {
  constructor(area) {
    this.area = area;
    const { editorWords, sprite } = document.querySelector("[data-editor-words]").dataset;
    this.words = JSON.parse(editorWords);
    this.sprite = sprite;
    this.token = area.form?.elements.csrf_token?.value ?? "";
    this.touched = false;
    this.nodes = {};
    this.history = [];
    this.at = -1;
    this.build();
    this.load(area.value);
    this.remember();
    this.listen();
  }

  build() {
    const { area } = this;
    this.frame = element("div", "editor");
    this.toolbar = element("div", "toolbar");
    this.toolbar.setAttribute("role", "toolbar");
    this.writing = element("div", "writing prose");
    this.says = element("p", "visually-hidden");
    this.says.setAttribute("role", "status");
    const help = element("p", "visually-hidden", this.words.help);
    help.id = `editor-help-${++count}`;
    this.name();
    this.writing.setAttribute("aria-describedby", `${area.getAttribute("aria-describedby") ?? ""} ${help.id}`.trim());
    this.buttons = new Map();
    for (const group of BUTTONS) {
      if (this.buttons.size) this.toolbar.append(element("span", "rule"));
      for (const spec of group) this.addButton(...spec);
    }
    this.buttons.get("paragraph").tabIndex = 0;
    this.toolbar.setAttribute("aria-controls", this.writing.id);
    this.frame.append(this.toolbar, this.writing, help, this.says);
    area.after(this.frame);
    area.hidden = true;
  }

  /* The writing takes the place of the textarea: links of the error summary lead to its id. */
  name() {
    const { area, writing } = this;
    writing.id = area.id;
    const label = document.querySelector(`label[for="${CSS.escape(area.id)}"]`);
    area.id = `${area.id}-html`;
    for (const [name, value] of Object.entries({ contenteditable: "true", role: "textbox", "aria-multiline": "true", tabindex: "0" })) {
      writing.setAttribute(name, value);
    }
    this.toolbar.setAttribute("aria-label", `${this.words.toolbar}: ${area.dataset.label}`);
    if (label) {
      label.id ||= `${writing.id}-label`;
      writing.setAttribute("aria-labelledby", label.id);
      label.addEventListener("click", () => writing.focus());
    } else {
      writing.setAttribute("aria-label", area.dataset.label);
    }
    if (area.getAttribute("aria-invalid")) writing.setAttribute("aria-invalid", "true");
  }

  addButton(name, sign, keys) {
    const found = element("button");
    found.type = "button";
    found.tabIndex = -1;
    found.dataset.command = name;
    found.title = keys ? `${this.words[name]} (${keys.replace("Control", "Ctrl")})` : this.words[name];
    if (keys) found.setAttribute("aria-keyshortcuts", keys);
    if (TOGGLES.has(name)) found.setAttribute("aria-pressed", "false");
    if (sign.startsWith("#")) found.append(icon(this.sprite, sign));
    else if (name === "redo") {
      const drawn = icon(this.sprite, "#undo");
      drawn.classList.add("mirrored");
      found.append(drawn);
    } else {
      const drawn = element("span", "", sign);
      drawn.setAttribute("aria-hidden", "true");
      found.append(drawn);
    }
    found.append(element("span", "visually-hidden", this.words[name]));
    this.toolbar.append(found);
    this.buttons.set(name, found);
  }

  // text in, text out

  load(html) {
    this.writing.replaceChildren(rebuild(html, this.nodes));
    if (!this.writing.firstChild) this.writing.append(emptyParagraph());
    this.showPictures();
  }

  /* Learn what the pictures look like that are known by number only. */
  async showPictures() {
    const unknown = this.writing.querySelectorAll("img[data-node]:not([src])");
    if (!unknown.length) return;
    const cleaned = await this.clean(serialise(this.writing)).catch(() => null);
    if (!cleaned) return;
    for (const image of this.writing.querySelectorAll("img[data-node]:not([src])")) {
      const known = cleaned.nodes[image.dataset.node];
      if (known?.picture) image.src = known.picture;
      image.title = known?.title ?? this.words.picture;
    }
  }

  async clean(html) {
    const body = new URLSearchParams({ html, csrf_token: this.token });
    const answer = await fetch("/redakcja/tekst/sprawdz", { method: "POST", body });
    if (!answer.ok || answer.redirected) throw new Error("not cleaned");
    const cleaned = await answer.json();
    Object.assign(this.nodes, cleaned.nodes);
    return cleaned;
  }

  changed() {
    this.touched = true;
    if (!this.writing.firstElementChild) this.writing.append(emptyParagraph());
    this.area.value = serialise(this.writing);
    this.area.dispatchEvent(new Event("input", { bubbles: true }));
    this.remember();
    this.mark();
  }

  // steps back and forward

  remember() {
    const html = serialise(this.writing);
    if (this.history[this.at]?.html === html) return;
    this.history.splice(this.at + 1);
    this.history.push({ html, caret: this.caret() });
    if (this.history.length > STEPS) this.history.shift();
    this.at = this.history.length - 1;
  }

  go(way) {
    const step = this.history[this.at + way];
    if (!step) return;
    this.at += way;
    this.load(step.html);
    this.placeCaret(step.caret);
    this.touched = true;
    this.area.value = step.html;
    this.area.dispatchEvent(new Event("input", { bubbles: true }));
    this.mark();
  }

  caret() {
    const range = this.range();
    if (!range) return 0;
    const before = document.createRange();
    before.selectNodeContents(this.writing);
    before.setEnd(range.endContainer, range.endOffset);
    return before.toString().length;
  }

  placeCaret(place) {
    const walker = document.createTreeWalker(this.writing, NodeFilter.SHOW_TEXT);
    let left = place;
    for (let text; (text = walker.nextNode()); left -= text.length) {
      if (left <= text.length) return getSelection().collapse(text, left);
    }
    getSelection().selectAllChildren(this.writing);
    getSelection().collapseToEnd();
  }

  // where the caret is

  range() {
    const selection = getSelection();
    if (!selection.rangeCount) return null;
    const range = selection.getRangeAt(0);
    return this.writing.contains(range.commonAncestorContainer) ? range : null;
  }

  keepRange() {
    const range = this.range();
    if (range) this.kept = range.cloneRange();
  }

  takeBack(place) {
    const range = place ?? this.range()?.cloneRange() ?? this.kept;
    this.writing.focus();
    if (range && this.writing.contains(range.commonAncestorContainer)) {
      const selection = getSelection();
      selection.removeAllRanges();
      selection.addRange(range);
    } else this.placeCaret(Infinity);
  }

  around(selector) {
    const range = this.range() ?? this.kept;
    const start = range?.startContainer;
    const found = (start?.nodeType === Node.TEXT_NODE ? start.parentElement : start)?.closest?.(selector);
    return found && found !== this.writing && this.writing.contains(found) ? found : null;
  }

  mark() {
    const block = this.around("h2, h3, h4, p")?.localName;
    const pressed = {
      paragraph: block === "p" && !this.around("li, blockquote"),
      h2: block === "h2",
      h3: block === "h3" || block === "h4",
      bold: Boolean(this.around("strong, b")),
      italic: Boolean(this.around("em, i")),
      list: this.around("ul, ol")?.localName === "ul",
      ordered: this.around("ul, ol")?.localName === "ol",
      quote: Boolean(this.around("blockquote")),
      link: Boolean(this.around("a")),
    };
    for (const [name, on] of Object.entries(pressed)) this.buttons.get(name).setAttribute("aria-pressed", String(on));
    const inTable = Boolean(this.around("td, th"));
    for (const name of IN_TABLE) this.disable(name, !inTable);
    this.disable("undo", this.at <= 0);
    this.disable("redo", this.at >= this.history.length - 1);
  }

  disable(name, off) {
    this.buttons.get(name).setAttribute("aria-disabled", String(off));
  }

  // what buttons and keys do

  run(name) {
    if (this.buttons.get(name)?.getAttribute("aria-disabled") === "true") return;
    this.takeBack();
    const doings = {
      paragraph: () => this.block("p"),
      h2: () => this.block("h2"),
      h3: () => this.block("h3"),
      bold: () => document.execCommand("bold"),
      italic: () => document.execCommand("italic"),
      list: () => setList(this.writing, this.range(), "ul"),
      ordered: () => setList(this.writing, this.range(), "ol"),
      quote: () => this.quote(),
      table: () => this.insert(makeTable()),
      clear: () => this.clear(),
      undo: () => this.go(-1),
      redo: () => this.go(1),
    };
    if (name === "link") return askForLink(this, this.around("a"));
    if (name === "image") return askForImage(this);
    if (IN_TABLE.has(name)) changeTable(name, this.around("td, th"));
    else doings[name]();
    if (name !== "undo" && name !== "redo") this.changed();
  }

  block(tag) {
    const wanted = this.around(tag) && tag !== "p" ? "p" : tag;
    if (this.around("li")) setList(this.writing, this.range(), this.around("ul, ol").localName);
    if (this.around("blockquote") && tag !== "p") this.quote();
    if (this.around("td, th, figcaption, caption")) return;
    document.execCommand("formatBlock", false, wanted);
  }

  quote() {
    const place = this.caret();
    const quote = this.around("blockquote");
    if (quote) quote.replaceWith(...(quote.querySelector("p, ul, ol") ? quote.childNodes : [wrap("p", quote.childNodes)]));
    else {
      const block = this.around(LINES);
      const top = block && topLevel(this.writing, block);
      if (top && !top.matches("table, figure")) {
        const inner = top.matches("h2, h3, h4") ? wrap("p", top.childNodes) : top.cloneNode(true);
        const made = element("blockquote");
        made.append(inner);
        top.replaceWith(made);
      }
    }
    this.placeCaret(place);
  }

  clear() {
    document.execCommand("removeFormat");
    document.execCommand("unlink");
    if (this.around("h2, h3, h4")) this.block("p");
  }

  /* Put a block after the one with the caret, which goes into it or after it. */
  insert(made) {
    const top = topLevel(this.writing, this.around(LINES) ?? this.writing.lastElementChild);
    const after = emptyParagraph();
    if (top) top.after(made, ...(top.nextElementSibling ? [] : [after]));
    else this.writing.append(made, after);
    if (top && !top.textContent.trim() && !top.querySelector("img")) top.remove();
    const inside = made.querySelector("th, td") ?? made.nextElementSibling ?? made;
    getSelection().collapse(inside, 0);
  }

  setLink(href, text, place) {
    this.takeBack(place);
    const link = this.around("a");
    if (link && href) link.setAttribute("href", href);
    else if (link) link.replaceWith(...link.childNodes);
    else if (href) {
      const range = this.range();
      const made = element("a");
      made.setAttribute("href", href);
      if (range.collapsed) made.textContent = text;
      else made.append(range.extractContents());
      for (const inner of made.querySelectorAll("a")) inner.replaceWith(...inner.childNodes);
      range.insertNode(made);
      getSelection().selectAllChildren(made);
      getSelection().collapseToEnd();
    }
    this.changed();
  }

  setImage(id, known, place) {
    this.takeBack(place);
    this.nodes[id] = known;
    const figure = element("figure");
    figure.append(...rebuild(`<img src="node:${id}" alt="">`, this.nodes).childNodes);
    this.insert(figure);
    this.changed();
  }

  // what comes from outside

  async paste(data) {
    this.keepRange();
    const html = data.getData("text/html") || paragraphs(data.getData("text/plain"));
    if (!html) return;
    this.says.textContent = this.words.pasting;
    try {
      const cleaned = await this.clean(html);
      this.put(cleaned.html);
      this.says.textContent = this.words.pasted;
    } catch {
      this.put(paragraphs(data.getData("text/plain") || whole(read(html).textContent)));
      this.says.textContent = this.words.paste_failed;
    }
  }

  put(html) {
    this.takeBack();
    const range = this.range();
    range.deleteContents();
    const made = rebuild(html, this.nodes);
    const only = made.childElementCount === 1 && made.firstElementChild.localName === "p";
    if (only || this.around("li, td, th, figcaption, h2, h3, h4")) this.putInline(made, range);
    else this.putBlocks(made, range);
    this.changed();
  }

  putInline(made, range) {
    const pieces = document.createDocumentFragment();
    for (const block of [...made.childNodes]) {
      if (pieces.childNodes.length) pieces.append(" ");
      const inline = block.localName === "p" ? [...block.childNodes] : [block.textContent.trim()];
      pieces.append(...inline);
    }
    const last = pieces.lastChild;
    range.insertNode(pieces);
    if (last) getSelection().collapse(last.parentNode, [...last.parentNode.childNodes].indexOf(last) + 1);
  }

  putBlocks(made, range) {
    const top = topLevel(this.writing, this.around(LINES) ?? this.writing.lastElementChild);
    const last = made.lastElementChild;
    if (!last) return;
    if (!top) this.writing.append(made);
    else if (!top.textContent.trim()) top.replaceWith(made);
    else if (top.localName === "p" && top.contains(range.endContainer)) {
      const rest = document.createRange();
      rest.setStart(range.endContainer, range.endOffset);
      rest.setEndAfter(top.lastChild);
      const tail = wrap("p", [rest.extractContents()]);
      top.after(made);
      if (tail.textContent.trim()) last.after(tail);
      if (!top.textContent.trim()) top.remove();
    } else top.after(made);
    getSelection().selectAllChildren(last);
    getSelection().collapseToEnd();
  }

  // events

  listen() {
    const { writing, toolbar } = this;
    document.execCommand("defaultParagraphSeparator", false, "p");
    document.execCommand("styleWithCSS", false, false);
    writing.addEventListener("input", () => this.changed());
    writing.addEventListener("beforeinput", (event) => this.allow(event));
    writing.addEventListener("keydown", (event) => this.key(event));
    writing.addEventListener("paste", (event) => {
      event.preventDefault();
      this.paste(event.clipboardData);
    });
    writing.addEventListener("drop", (event) => event.preventDefault());
    writing.addEventListener("blur", () => this.keepRange());
    writing.addEventListener("click", (event) => {
      if (event.target.closest("a")) event.preventDefault();
    });
    document.addEventListener("selectionchange", () => {
      if (this.range()) this.mark();
    });
    toolbar.addEventListener("mousedown", (event) => event.preventDefault());
    toolbar.addEventListener("click", (event) => {
      const pressed = event.target.closest("button");
      if (pressed) this.run(pressed.dataset.command);
    });
    toolbar.addEventListener("keydown", (event) => this.rove(event));
    this.mark();
  }

  allow(event) {
    const { inputType } = event;
    if (inputType === "historyUndo" || inputType === "historyRedo") {
      event.preventDefault();
      this.go(inputType === "historyUndo" ? -1 : 1);
    } else if (inputType.startsWith("format") && !ALLOWED_FORMATS.has(inputType)) event.preventDefault();
    else if (inputType === "insertFromDrop") event.preventDefault();
    else if (/^(delete|insert(Text|Paragraph|LineBreak))/.test(inputType)) this.joinLines(event);
  }

  /* Where lines are joined, browsers write the look of the second one into `style`: the policy of
     the portal forbids that, so joining is done here. */
  joinLines(event) {
    const target = event.inputType.startsWith("delete") ? event.getTargetRanges()[0] : this.range();
    if (!target || target.collapsed) return;
    const { startContainer, endContainer } = target;
    if (blockOf(this.writing, startContainer) === blockOf(this.writing, endContainer)) return;
    event.preventDefault();
    const range = document.createRange();
    range.setStart(startContainer, target.startOffset);
    range.setEnd(endContainer, target.endOffset);
    if (event.inputType === "deleteByCut") document.execCommand("copy");
    join(this.writing, range);
    if (event.inputType === "insertText") document.execCommand("insertText", false, event.data);
    else if (event.inputType === "insertParagraph") document.execCommand("insertParagraph");
    else if (event.inputType === "insertLineBreak") document.execCommand("insertLineBreak");
    this.changed();
  }

  key(event) {
    const command = event.ctrlKey || event.metaKey;
    const combined = `${event.altKey ? "alt+" : ""}${event.shiftKey ? "shift+" : ""}${event.code}`;
    const keys = {
      "alt+Digit0": "paragraph", "alt+Digit2": "h2", "alt+Digit3": "h3", KeyB: "bold", KeyI: "italic",
      "shift+Digit8": "list", "shift+Digit7": "ordered", "shift+Digit9": "quote", KeyK: "link",
      Backslash: "clear", KeyZ: "undo", KeyY: "redo", "shift+KeyZ": "redo",
    };
    if (event.altKey && event.key === "F10") {
      event.preventDefault();
      this.toolbar.querySelector("[tabindex='0']").focus();
    } else if (command && keys[combined]) {
      event.preventDefault();
      this.run(keys[combined]);
    }
  }

  rove(event) {
    const all = [...this.buttons.values()];
    const now = all.indexOf(document.activeElement);
    const steps = { ArrowRight: now + 1, ArrowLeft: now - 1, Home: 0, End: all.length - 1 };
    if (event.key === "Escape") this.takeBack();
    if (!(event.key in steps)) return;
    event.preventDefault();
    const next = all[(steps[event.key] + all.length) % all.length];
    for (const each of all) each.tabIndex = each === next ? 0 : -1;
    next.focus();
  }
}

// ---- stored HTML and what is shown of it

/* Pictures and links are kept by number. A browser must never meet `src="node:12"`, so texts are
   read and written in a document that loads nothing. */

/* What the editor shows for a stored text; `nodes` tells what is known of numbers. */
function rebuild(html, nodes = {}) {
  const made = document.createDocumentFragment();
  copyInto(read(html), made, nodes);
  return made;
}

/* Handlers and styles are held against the policy, and reported, wherever they are read, even
   where nothing runs. So their names are broken before, and whole again in what is copied;
   elements of style become others that are dropped with all that they hold. */
function read(html) {
  const broken = html.replace(STYLES, "<$1xmp").replace(REPORTED, (name) => name[0] + BREAK + name.slice(1));
  return new DOMParser().parseFromString(broken, "text/html").body;
}

const whole = (text) => text.replaceAll(BREAK, "");

function copyInto(from, to, nodes) {
  for (const node of from.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) {
      if (to.nodeType !== Node.DOCUMENT_FRAGMENT_NODE || node.data.trim()) to.append(whole(node.data));
    } else if (node.nodeType === Node.ELEMENT_NODE && !node.matches(DROPPED)) {
      const made = twin(node, nodes);
      if (made) to.append(made);
      if (made?.localName !== "img") copyInto(node, made ?? to, nodes);
    }
  }
}

function twin(node, nodes) {
  const tag = RENAMED[node.localName] ?? node.localName;
  if (!TAGS.has(tag)) return null;
  const made = document.createElement(tag);
  for (const name of ["lang", ...(ATTRIBUTES[tag] ?? [])]) {
    const value = node.getAttribute(name);
    if (value === null || (name === "src")) continue;
    if (name === "href" && !ADDRESS.test(value)) continue;
    made.setAttribute(name, whole(value));
  }
  return tag === "img" ? picture(node, made, nodes) : made;
}

function picture(node, made, nodes) {
  const [, id] = NODE.exec(node.getAttribute("src") ?? "") ?? [];
  if (!id) return null;
  made.dataset.node = id;
  if (!made.hasAttribute("alt")) made.alt = "";
  const known = nodes[id];
  if (known?.picture?.startsWith("/obrazy/")) made.src = known.picture;
  if (known?.title) made.title = known.title;
  return made;
}

/* The text as it is sent: what the editor adds for showing is left out. */
function serialise(writing) {
  const inert = document.implementation.createHTMLDocument("");
  const body = inert.importNode(writing, true);
  for (const image of body.querySelectorAll("img")) {
    const { node } = image.dataset;
    if (!node) image.remove();
    for (const name of ["title", "data-node", "width", "height"]) image.removeAttribute(name);
    // Pictures are written source first, description second.
    const alt = image.getAttribute("alt") ?? "";
    image.removeAttribute("alt");
    image.setAttribute("src", `node:${node}`);
    image.setAttribute("alt", alt);
  }
  for (const each of body.querySelectorAll("[style], [class], [id]")) {
    for (const name of ["style", "class", "id"]) each.removeAttribute(name);
  }
  for (const br of body.querySelectorAll("br")) if (br.parentElement.childNodes.length === 1) br.remove();
  const blocks = [...body.children].filter((block) => block.localName !== "p" || block.innerHTML.trim());
  const loose = [...body.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
  return loose ? body.innerHTML : blocks.map((block) => block.outerHTML).join("\n");
}

// ---- lines: joining them, making and ending lists

/* The innermost element that holds the line, or nothing between lines. */
function blockOf(root, node) {
  const start = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
  const found = start.closest(LINES);
  return found && root.contains(found) && found !== root ? found : null;
}

function renamed(old, tag) {
  const made = wrap(tag, old.childNodes);
  old.replaceWith(made);
  return made;
}

/* Moving nodes moves the ends of ranges away from them: put the selection back where it was. */
function keeping(work) {
  const { anchorNode, anchorOffset, focusNode, focusOffset } = getSelection();
  const swapped = work() ?? new Map();
  const of = (node) => swapped.get(node) ?? node;
  if (!of(anchorNode)?.isConnected || !of(focusNode)?.isConnected) return;
  const within = (node, offset) => Math.min(offset, lengthOf(node));
  getSelection().setBaseAndExtent(
    of(anchorNode), within(of(anchorNode), anchorOffset),
    of(focusNode), within(of(focusNode), focusOffset),
  );
}

/* Take away what the range holds and make one line of the two at its ends. */
function join(root, range) {
  const [first, last] = [range.startContainer, range.endContainer].map((node) => blockOf(root, node));
  range.deleteContents();
  const place = document.createRange();
  if (!first || !last || first.matches(FIXED) || last.matches(FIXED)) {
    getSelection().collapse(range.startContainer, Math.min(range.startOffset, lengthOf(range.startContainer)));
    return;
  }
  for (const line of [first, last]) {
    if (!line.textContent) line.querySelectorAll(":scope > br").forEach((br) => br.remove());
  }
  place.selectNodeContents(first);
  const inner = [...first.children].find((child) => child.matches("ul, ol"));
  if (inner) place.setEndBefore(inner);
  place.collapse(false);
  const mark = document.createTextNode("");
  place.insertNode(mark);
  if (last.isConnected && last !== first && !last.contains(first)) {
    const moved = [...last.childNodes];
    mark.after(...moved);
    removeEmpty(root, last);
  }
  if (!first.textContent && !first.querySelector("img")) mark.after(element("br"));
  getSelection().collapse(mark, 0);
  first.normalize();
  if (!mark.isConnected && !root.contains(getSelection().anchorNode)) getSelection().collapse(first, 0);
}

function lengthOf(node) {
  return node.length ?? node.childNodes.length;
}

function removeEmpty(root, node) {
  const above = node.parentElement;
  node.remove();
  if (above !== root && above.matches(HOLDERS) && !above.textContent && !above.querySelector("img, li")) {
    removeEmpty(root, above);
  }
}

function linesIn(root, range) {
  const lines = [...root.querySelectorAll(LINES)].filter((line) => range.intersectsNode(line));
  const innermost = lines.filter((line) => !lines.some((other) => other !== line && line.contains(other)));
  return innermost.filter((line) => !line.matches(FIXED));
}

/* Make a list of the lines, give their list the other sign, or make plain lines of its items. */
function setList(root, range, tag) {
  const lines = linesIn(root, range);
  const list = lines[0]?.closest("ul, ol");
  if (!lines.length) return;
  keeping(() => {
    if (!list || !root.contains(list)) return beginList(lines, tag);
    if (list.localName !== tag) return new Map([[list, renamed(list, tag)]]);
    return endList(lines.map((line) => line.closest("li")).filter((item) => item?.parentElement === list));
  });
}

function beginList(lines, tag) {
  const swapped = new Map();
  const list = element(tag);
  lines[0].before(list);
  for (const line of lines) {
    const item = wrap("li", line.childNodes);
    list.append(item);
    swapped.set(line, item);
    line.remove();
  }
  const { previousElementSibling: before, nextElementSibling: after } = list;
  if (after?.localName === tag) {
    list.append(...after.childNodes);
    after.remove();
  }
  if (before?.localName === tag) {
    before.append(...list.childNodes);
    list.remove();
  }
  return swapped;
}

function endList(items) {
  const swapped = new Map();
  const list = items[0].parentElement;
  const rest = element(list.localName);
  for (let next = items.at(-1).nextElementSibling; next; next = items.at(-1).nextElementSibling) rest.append(next);
  const holder = list.parentElement.closest("li") ? "li" : "p";
  let after = holder === "li" ? list.parentElement : list;
  for (const item of items) {
    const inner = [...item.children].filter((child) => child.matches("ul, ol"));
    const line = wrap(holder, [...item.childNodes].filter((child) => !inner.includes(child)));
    if (holder === "li") line.append(...inner);
    after.after(line, ...(holder === "li" ? [] : inner));
    after = holder === "li" ? line : (inner.at(-1) ?? line);
    swapped.set(item, line);
    item.remove();
  }
  if (rest.firstChild) (holder === "li" ? (node) => after.append(node) : (node) => after.after(node))(rest);
  if (!list.firstElementChild) list.remove();
  return swapped;
}

// ---- tables: a first row of headings, rows and columns added or taken away

function cell(tag) {
  const made = element(tag);
  if (tag === "th") made.scope = "col";
  made.append(element("br"));
  return made;
}

function tableRow(tag, columns) {
  const made = element("tr");
  for (let index = 0; index < columns; index++) made.append(cell(tag));
  return made;
}

function makeTable(columns = 2, rows = 2) {
  const table = element("table");
  const head = element("thead");
  const body = element("tbody");
  head.append(tableRow("th", columns));
  for (let index = 0; index < rows; index++) body.append(tableRow("td", columns));
  table.append(head, body);
  return table;
}

function changeTable(name, at) {
  const line = at.parentElement;
  const table = at.closest("table");
  const rows = [...table.querySelectorAll("tr")];
  const column = [...line.children].indexOf(at);
  if (name === "row_add") {
    const made = tableRow("td", line.children.length);
    if (line.closest("thead")) table.querySelector("tbody").prepend(made);
    else line.after(made);
    getSelection().collapse(made.firstChild, 0);
  } else if (name === "row_remove") {
    const next = rows[rows.indexOf(line) + 1] ?? rows[rows.indexOf(line) - 1];
    line.remove();
    leaveTable(table, next?.firstElementChild);
  } else if (name === "column_add") {
    for (const each of rows) {
      const beside = each.children[column] ?? each.lastElementChild;
      beside.after(cell(beside.localName));
    }
    getSelection().collapse(at.nextElementSibling, 0);
  } else {
    const next = at.nextElementSibling ?? at.previousElementSibling;
    for (const each of rows) each.children[column]?.remove();
    leaveTable(table, next);
  }
}

/* A table without cells is none. */
function leaveTable(table, next) {
  if (next?.isConnected) {
    getSelection().collapse(next, 0);
    return;
  }
  const after = emptyParagraph();
  table.replaceWith(after);
  getSelection().collapse(after, 0);
}

// ---- what the editor asks: where a link leads, which picture to show

function openDialog(editor, title) {
  const dialog = element("dialog", "editor-dialog");
  const form = element("form");
  form.method = "dialog";
  form.noValidate = true;
  const heading = element("h2", "", title);
  heading.id = `editor-dialog-${++count}`;
  dialog.setAttribute("aria-labelledby", heading.id);
  form.append(heading);
  dialog.append(form);
  // Outside of the form around the text: forms cannot hold forms.
  document.body.append(dialog);
  dialog.addEventListener("close", () => {
    dialog.remove();
    editor.takeBack();
  });
  return { dialog, form };
}

function button(label, action, classes = "button secondary") {
  const made = element("button", classes, label);
  made.type = "button";
  made.addEventListener("click", action);
  return made;
}

function field(form, label, type) {
  const holder = element("div", "field");
  const input = element("input");
  input.type = type;
  input.autocomplete = "off";
  input.id = `editor-field-${++count}`;
  const words = element("label", "", label);
  words.htmlFor = input.id;
  holder.append(words, input);
  form.append(holder);
  return input;
}

/* Offer what is found for the words typed; the newest question wins. */
function offer(form, input, words, kind, choose) {
  const status = element("p", "meta");
  status.setAttribute("role", "status");
  const list = element("ul", "editor-found");
  list.setAttribute("role", "list");
  form.append(status, list);
  let asked = 0;
  async function look() {
    const mine = ++asked;
    const query = new URLSearchParams({ q: input.value.trim(), kind });
    const answer = input.value.trim() || kind ? await fetch(`${FIND}?${query}`) : null;
    const found = answer?.ok && !answer.redirected ? await answer.json() : [];
    if (mine !== asked) return;
    list.replaceChildren(...found.map((item) => foundRow(item, choose)));
    const none = input.value.trim() ? words.none : "";
    status.textContent = found.length ? words.count.replace("{count}", found.length) : none;
  }
  // Before a word is typed, the newest of a kind: nobody remembers what pictures are called.
  if (kind) look();
  let timer;
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, WAIT);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") list.querySelector("button")?.focus();
    if (event.key === "Enter") event.preventDefault();
  });
  list.addEventListener("keydown", (event) => {
    const step = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" }[event.key];
    if (!step) return;
    event.preventDefault();
    (event.target.closest("li")[step]?.firstElementChild ?? input).focus();
  });
}

function foundRow(item, choose) {
  const holder = element("li");
  const made = button("", () => choose(item), "");
  if (item.picture) {
    const image = element("img");
    image.src = item.picture;
    image.alt = "";
    made.append(image);
  }
  made.append(element("span", "", item.title), element("small", "", `${item.path} ${item.note ?? ""}`));
  holder.append(made);
  return holder;
}

function complete(typed) {
  if (MAILBOX.test(typed)) return `mailto:${typed}`;
  if (BARE.test(typed)) return `https://${typed}`;
  return OUTER.test(typed) || /^node:\d+(?:[?#]|$)/.test(typed) ? typed : null;
}

function askForLink(editor, at) {
  const { words } = editor;
  // A dialog that closes gives the focus back before it says so, and the caret may have moved.
  const place = editor.range()?.cloneRange();
  const { dialog, form } = openDialog(editor, words.link_title);
  const input = field(form, words.find, "search");
  let answer = () => {};
  offer(form, input, words, "", (item) => {
    answer = () => editor.setLink(`node:${item.id}`, item.title, place);
    dialog.close();
  });
  const address = field(form, words.address, "text");
  address.inputMode = "url";
  address.value = at?.getAttribute("href") ?? "";
  const hint = element("p", "hint", words.address_hint);
  hint.id = `editor-hint-${++count}`;
  address.setAttribute("aria-describedby", hint.id);
  address.before(hint);
  const actions = element("p", "actions");
  const set = element("button", "button", words.set);
  actions.append(set);
  if (at) {
    actions.append(button(words.unlink, () => {
      answer = () => editor.setLink("", "", place);
      dialog.close();
    }));
  }
  actions.append(button(words.cancel, () => dialog.close()));
  form.append(actions);
  form.addEventListener("submit", (event) => {
    const href = complete(address.value.trim());
    if (!href) {
      event.preventDefault();
      hint.textContent = words.bad_address;
      address.setAttribute("aria-invalid", "true");
      address.focus();
      return;
    }
    answer = () => editor.setLink(href, address.value.trim(), place);
  });
  dialog.addEventListener("close", () => answer());
  dialog.showModal();
}

function askForImage(editor) {
  const { words } = editor;
  const place = editor.range()?.cloneRange();
  const { dialog, form } = openDialog(editor, words.image_title);
  const input = field(form, words.find_image, "search");
  let answer = () => {};
  offer(form, input, words, "image", (item) => {
    answer = () => editor.setImage(item.id, { title: item.title, path: item.path, picture: item.picture ?? "" }, place);
    dialog.close();
  });
  const actions = element("p", "actions");
  actions.append(button(words.cancel, () => dialog.close()));
  form.append(actions);
  dialog.addEventListener("close", () => answer());
  dialog.showModal();
}

// ---- making elements

function element(tag, classes = "", text = "") {
  const made = document.createElement(tag);
  if (classes) made.className = classes;
  if (text) made.textContent = text;
  return made;
}

function icon(sprite, name) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  made.setAttribute("class", "icon");
  made.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", sprite + name);
  made.append(use);
  return made;
}

function emptyParagraph() {
  const made = element("p");
  made.append(element("br"));
  return made;
}

function wrap(tag, nodes) {
  const made = element(tag);
  made.append(...nodes);
  return made;
}

function topLevel(root, node) {
  let found = node;
  while (found && found.parentElement !== root) found = found.parentElement;
  return found;
}

function paragraphs(text) {
  const safe = element("p");
  return text.split(/\n\s*\n/).filter((part) => part.trim()).map((part) => {
    safe.textContent = part.trim();
    return `<p>${safe.innerHTML.replace(/\n/g, "<br>")}</p>`;
  }).join("");
}

// ---- every running text of the page

function begin(root) {
  for (const area of root.querySelectorAll("textarea[data-rich]:not([data-begun])")) {
    area.dataset.begun = "";
    new Editor(area);
  }
}

begin(document);
// Parts added to a form later bring texts of their own.
new MutationObserver((changes) => {
  for (const { addedNodes } of changes) {
    for (const node of addedNodes) if (node.querySelectorAll) begin(node);
  }
}).observe(document.body, { childList: true, subtree: true });

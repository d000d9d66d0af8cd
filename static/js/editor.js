/* Running texts: a light editor over the textarea that the form has without this module.
   It makes only what the portal can store, and the server decides in the end. A text that
   nobody touches is sent back as it came, letter for letter. */

import { rebuild, serialise } from "./richtext.js";
import { dialogs } from "./richdialogs.js";
import { blockOf, join, setList } from "./richblocks.js";
import { change as changeTable, make as makeTable } from "./richtable.js";

const BLOCKS = "p, h2, h3, h4, li, td, th, pre, dt, dd, figcaption, caption, blockquote";
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

class Editor {
  constructor(area) {
    this.area = area;
    this.words = JSON.parse(area.dataset.words);
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
    this.ask = dialogs(this);
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
    if (sign.startsWith("#")) found.append(icon(this.area.dataset.sprite, sign));
    else if (name === "redo") {
      const drawn = icon(this.area.dataset.sprite, "#undo");
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

  takeBack() {
    const range = this.range()?.cloneRange() ?? this.kept;
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
    if (name === "link") return this.ask.link(this.around("a"));
    if (name === "image") return this.ask.image();
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
      const block = this.around(BLOCKS);
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
    const top = topLevel(this.writing, this.around(BLOCKS) ?? this.writing.lastElementChild);
    const after = emptyParagraph();
    if (top) top.after(made, ...(top.nextElementSibling ? [] : [after]));
    else this.writing.append(made, after);
    if (top && !top.textContent.trim() && !top.querySelector("img")) top.remove();
    const inside = made.querySelector("th, td") ?? made.nextElementSibling ?? made;
    getSelection().collapse(inside, 0);
  }

  setLink(href, text) {
    this.takeBack();
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

  setImage(id, known) {
    this.takeBack();
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
      this.put(paragraphs(data.getData("text/plain") || new DOMParser().parseFromString(html, "text/html").body.textContent));
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
    const top = topLevel(this.writing, this.around(BLOCKS) ?? this.writing.lastElementChild);
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

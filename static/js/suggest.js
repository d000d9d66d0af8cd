// Suggestions for the search: a combobox whose list grows with what is typed. Choosing one is left
// to the reader; Enter without a choice searches for what stands in the field. Without this file
// the field is an ordinary one.

const WAIT = 150;
const SHORTEST = 2;
let count = 0;

function option(id, words, note, lang) {
  const row = document.createElement("li");
  row.id = id;
  row.role = "option";
  row.ariaSelected = "false";
  const text = document.createElement("span");
  text.textContent = words;
  if (lang) text.lang = lang;
  row.append(text);
  if (note) {
    const small = document.createElement("small");
    small.textContent = note;
    row.append(" ", small);
  }
  return row;
}

class Suggestions {
  constructor(input) {
    this.input = input;
    this.found = [];
    this.active = -1;
    this.list = document.createElement("ul");
    this.said = document.createElement("p");
    this.dress();
  }

  dress() {
    const { input, list, said } = this;
    Object.assign(list, { id: `suggested-${++count}`, className: "suggestions", role: "listbox", hidden: true });
    list.ariaLabel = input.dataset.suggest;
    Object.assign(said, { className: "visually-hidden", role: "status" });
    Object.assign(input, { role: "combobox", ariaAutoComplete: "list", ariaExpanded: "false" });
    input.setAttribute("aria-controls", list.id);
    input.form.append(list, said);
    input.addEventListener("input", () => this.typed());
    input.addEventListener("keydown", (event) => this.pressed(event));
    input.addEventListener("blur", () => this.stop());
    // The field keeps the focus, so that a touch that only scrolls the list chooses nothing.
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const row = event.target.closest("[role=option]");
      if (row) this.choose([...list.children].indexOf(row));
    });
  }

  typed() {
    this.abort();
    const words = this.input.value.trimStart();
    if (words.trim().length < SHORTEST) return this.close();
    this.timer = setTimeout(() => this.ask(words), WAIT);
  }

  async ask(words) {
    this.asking = new AbortController();
    const { signal } = this.asking;
    const query = new URLSearchParams({ q: words });
    const lang = this.input.form.elements.lang?.value;
    if (lang) query.set("lang", lang);
    try {
      const answer = await fetch(`/szukaj/podpowiedzi?${query}`, { signal, redirect: "error" });
      if (!answer.ok) throw new Error(answer.status);
      const found = await answer.json();
      if (!signal.aborted) this.show(found);
    } catch {
      // The search itself works without suggestions.
      if (!signal.aborted) this.close();
    }
  }

  show({ words, titles, said }) {
    this.found = [...words, ...titles];
    const about = document.documentElement.lang;
    const rows = this.found.map((each, n) =>
      option(`${this.list.id}-${n}`, each.words ?? each.title, each.kind, each.lang !== about && each.lang),
    );
    this.list.replaceChildren(...rows);
    this.point(-1);
    this.open(rows.length > 0);
    this.said.textContent = said;
  }

  open(shown) {
    this.list.hidden = !shown;
    this.input.ariaExpanded = String(shown);
  }

  close() {
    this.found = [];
    this.list.replaceChildren();
    this.said.textContent = "";
    this.point(-1);
    this.open(false);
  }

  abort() {
    clearTimeout(this.timer);
    this.asking?.abort();
  }

  stop() {
    this.abort();
    this.close();
  }

  // -1 is the field itself: going past either end leads back to it.
  point(index) {
    this.active = index;
    [...this.list.children].forEach((row, n) => {
      row.ariaSelected = String(n === index);
    });
    const row = this.list.children[index];
    if (row) {
      row.scrollIntoView({ block: "nearest" });
      this.input.setAttribute("aria-activedescendant", row.id);
    } else {
      this.input.removeAttribute("aria-activedescendant");
    }
  }

  move(step) {
    const places = this.found.length + 1;
    this.point(((this.active + 1 + step + places) % places) - 1);
  }

  choose(index) {
    const { href, words } = this.found[index];
    this.stop();
    if (words) this.input.value = words;
    location.assign(href);
  }

  pressed(event) {
    if (event.isComposing || this.list.hidden) return;
    const keys = {
      ArrowDown: () => this.move(1),
      ArrowUp: () => this.move(-1),
      Escape: () => this.stop(),
      ...(this.active >= 0 && { Enter: () => this.choose(this.active) }),
    };
    if (!keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  }
}

for (const input of document.querySelectorAll("[data-suggest]")) new Suggestions(input);

// Fields that refer to another item: a combobox that finds items by typing. Without this file the
// field takes a number or an address, and a link beside it leads to the search.

const WAIT = 200;
const said = (input) => input.form.querySelector("[data-said]");
let count = 0;

/* What an image looks like; its title stands beside it. */
function picture(found) {
  if (!found.picture) return [];
  const made = document.createElement("img");
  Object.assign(made, { src: found.picture, alt: "", width: 96, height: 72 });
  return [made];
}

function option(found, id) {
  const row = document.createElement("li");
  row.id = id;
  row.role = "option";
  const title = document.createElement("span");
  title.textContent = found.title;
  row.append(...picture(found), title);
  const note = document.createElement("small");
  note.textContent = `${found.path} · ${found.note}`;
  row.append(note);
  return row;
}

class Picker {
  constructor(input) {
    this.stored = input;
    this.input = input.cloneNode();
    this.list = document.createElement("ul");
    this.chosen = input.closest(".field").querySelector("[data-chosen]");
    this.found = [];
    this.active = -1;
    this.kinds = input.dataset.picker;
    this.dress(input.autofocus);
  }

  // The field with the name goes on holding a number; the one that people see takes its id.
  dress(focused) {
    const { input, list, stored, chosen } = this;
    list.id = `picked-${++count}`;
    list.className = "options";
    list.role = "listbox";
    list.hidden = true;
    list.ariaLabel = document.querySelector(`label[for="${CSS.escape(stored.id)}"]`).textContent;
    stored.type = "hidden";
    for (const name of ["id", "required", "autofocus", "aria-describedby", "aria-invalid"]) {
      stored.removeAttribute(name);
    }
    stored.removeAttribute("data-picker");
    input.removeAttribute("name");
    input.removeAttribute("data-picker");
    input.classList.remove("narrow");
    input.role = "combobox";
    input.ariaAutoComplete = "list";
    input.ariaExpanded = "false";
    input.setAttribute("aria-controls", list.id);
    stored.after(input);
    stored.parentElement.after(list);
    stored.parentElement.querySelector("a").hidden = true;
    if (chosen) {
      input.value = chosen.dataset.chosen;
      chosen.querySelector("span").remove();
      list.after(chosen);
    }
    input.addEventListener("input", () => this.typed());
    input.addEventListener("keydown", (event) => this.pressed(event));
    input.addEventListener("blur", () => this.close());
    list.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      const row = event.target.closest("[role=option]");
      if (row) this.choose([...list.children].indexOf(row));
    });
    if (focused) input.focus();
  }

  // What is typed counts, until one of the items is chosen: it may be a number or an address.
  typed() {
    this.stored.value = this.input.value.trim();
    this.chosen?.remove();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(this.input.value.trim()), WAIT);
  }

  async ask(words) {
    if (!words) return this.close();
    const query = new URLSearchParams({ q: words, kind: this.kinds });
    const status = said(this.stored);
    try {
      const answer = await fetch(`/redakcja/tresci/szukaj.json?${query}`, { redirect: "error" });
      if (!answer.ok) throw new Error(answer.status);
      const found = await answer.json();
      if (words !== this.input.value.trim()) return;
      this.show(found);
      status.textContent = found.length ? `${status.dataset.found} ${found.length}` : status.dataset.none;
    } catch {
      this.close();
      status.textContent = status.dataset.failed;
    }
  }

  show(found) {
    this.found = found;
    this.active = -1;
    this.list.replaceChildren(...found.map((each, n) => option(each, `${this.list.id}-${n}`)));
    this.list.hidden = !found.length;
    this.input.ariaExpanded = String(found.length > 0);
    this.input.removeAttribute("aria-activedescendant");
  }

  close() {
    this.show([]);
  }

  point(index) {
    this.active = (index + this.found.length) % this.found.length;
    [...this.list.children].forEach((row, n) => {
      row.ariaSelected = String(n === this.active);
    });
    const row = this.list.children[this.active];
    row.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", row.id);
  }

  choose(index) {
    const found = this.found[index];
    this.stored.value = found.id;
    this.input.value = found.title;
    this.chosen = document.createElement("p");
    this.chosen.className = "chosen";
    const path = document.createElement("small");
    path.textContent = `${found.path} · ${found.note}`;
    this.chosen.append(...picture(found), path);
    this.close();
    this.list.after(this.chosen);
  }

  pressed(event) {
    const open = this.found.length > 0;
    const keys = {
      ArrowDown: () => this.point(this.active + 1),
      ArrowUp: () => this.point(this.active < 0 ? -1 : this.active - 1),
      Enter: () => this.choose(this.active < 0 ? 0 : this.active),
      Escape: () => this.close(),
    };
    if (!open || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  }
}

function dress(within) {
  for (const input of within.querySelectorAll("[data-picker]")) new Picker(input);
}

document.addEventListener("part:added", (event) => dress(event.target));
dress(document);

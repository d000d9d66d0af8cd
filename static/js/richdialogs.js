/* What the editor asks: where a link leads, which picture to show. */

const FIND = "/redakcja/tresci/szukaj.json";
const OUTER = /^(?:https?:\/\/[^\s/]+|mailto:\S+@\S+|tel:\+?[\d\s-]+|\/(?!\/)|#\S)/i;
const MAILBOX = /^[^\s@:/?#]+@[^\s@:/?#]+\.[a-z]{2,}$/i;
const BARE = /^www\.[^\s/]+\.\S+$/i;
const WAIT = 200;

export function dialogs(editor) {
  return { link: (at) => askForLink(editor, at), image: () => askForImage(editor) };
}

function element(tag, text = "", classes = "") {
  const made = document.createElement(tag);
  if (text) made.textContent = text;
  if (classes) made.className = classes;
  return made;
}

let number = 0;

function open(editor, title) {
  const dialog = element("dialog", "", "editor-dialog");
  const form = element("form");
  form.method = "dialog";
  form.noValidate = true;
  const heading = element("h2", title);
  heading.id = `editor-dialog-${++number}`;
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
  const made = element("button", label, classes);
  made.type = "button";
  made.addEventListener("click", action);
  return made;
}

function field(form, label, type) {
  const holder = element("div", "", "field");
  const input = element("input");
  input.type = type;
  input.autocomplete = "off";
  input.id = `editor-field-${++number}`;
  const words = element("label", label);
  words.htmlFor = input.id;
  holder.append(words, input);
  form.append(holder);
  return input;
}

/* Offer what is found for the words typed; the newest question wins. */
function offer(form, input, words, kind, choose) {
  const status = element("p", "", "meta");
  status.setAttribute("role", "status");
  const list = element("ul", "", "editor-found");
  list.setAttribute("role", "list");
  form.append(status, list);
  let asked = 0;
  async function look() {
    const mine = ++asked;
    const query = new URLSearchParams({ q: input.value.trim(), kind });
    const answer = input.value.trim() ? await fetch(`${FIND}?${query}`) : null;
    const found = answer?.ok && !answer.redirected ? await answer.json() : [];
    if (mine !== asked) return;
    list.replaceChildren(...found.map((item) => row(item, choose)));
    const none = input.value.trim() ? words.none : "";
    status.textContent = found.length ? words.count.replace("{count}", found.length) : none;
  }
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

function row(item, choose) {
  const holder = element("li");
  const made = button("", () => choose(item), "");
  if (item.picture) {
    const image = element("img");
    image.src = item.picture;
    image.alt = "";
    made.append(image);
  }
  made.append(element("span", item.title), element("small", `${item.path} ${item.note ?? ""}`));
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
  const { dialog, form } = open(editor, words.link_title);
  const input = field(form, words.find, "search");
  let answer = () => {};
  offer(form, input, words, "", (item) => {
    answer = () => editor.setLink(`node:${item.id}`, item.title);
    dialog.close();
  });
  const address = field(form, words.address, "text");
  address.inputMode = "url";
  address.value = at?.getAttribute("href") ?? "";
  const hint = element("p", words.address_hint, "hint");
  hint.id = `editor-hint-${++number}`;
  address.setAttribute("aria-describedby", hint.id);
  address.before(hint);
  const actions = element("p", "", "actions");
  const set = element("button", words.set, "button");
  actions.append(set);
  if (at) {
    actions.append(button(words.unlink, () => {
      answer = () => editor.setLink("", "");
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
    answer = () => editor.setLink(href, address.value.trim());
  });
  dialog.addEventListener("close", () => answer());
  dialog.showModal();
}

function askForImage(editor) {
  const { words } = editor;
  const { dialog, form } = open(editor, words.image_title);
  const input = field(form, words.find_image, "search");
  let answer = () => {};
  offer(form, input, words, "image", (item) => {
    answer = () => editor.setImage(item.id, { title: item.title, path: item.path, picture: item.picture ?? "" });
    dialog.close();
  });
  const actions = element("p", "", "actions");
  actions.append(button(words.cancel, () => dialog.close()));
  form.append(actions);
  dialog.addEventListener("close", () => answer());
  dialog.showModal();
}

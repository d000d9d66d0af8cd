// Parts of a form that repeat: added, removed and moved on the spot. Without this file the same
// buttons send the form, and the server does it. "part:added" tells other modules of new controls.

const PLACE = "__place__";
const CONTROLS = "input:not([type=hidden]), textarea, select, [contenteditable=true]";

const listOf = (element) => element.closest("[data-parts]");
const partOf = (element) => element.closest("[data-part]");
const visible = (element) => element.offsetParent !== null;

function number(list) {
  [...list.children].forEach((part, index) => {
    for (const place of part.querySelectorAll("[data-number]")) {
      if (partOf(place) === part) place.textContent = index + 1;
    }
  });
  const most = Number(list.dataset.most);
  list.parentElement.querySelector(":scope > p > [value^='add:']").hidden =
    most > 0 && list.children.length >= most;
}

function say(part, what) {
  const status = part.closest("form").querySelector("[data-said]");
  const name = part.querySelector("legend, label").textContent.replace(/\s+/g, " ").trim();
  status.textContent = `${status.dataset[what]} ${name}`;
}

function add(button) {
  const list = button.closest("fieldset").querySelector(":scope > [data-parts]");
  const next = Number(list.dataset.next ?? list.children.length);
  list.dataset.next = next + 1;
  const made = document.getElementById(list.dataset.new).innerHTML;
  list.insertAdjacentHTML("beforeend", made.replaceAll(PLACE, `${list.dataset.place}.${next}`));
  const part = list.lastElementChild;
  number(list);
  part.dispatchEvent(new CustomEvent("part:added", { bubbles: true }));
  [...part.querySelectorAll(CONTROLS)].find(visible)?.focus();
  say(part, "added");
}

function remove(button) {
  const part = partOf(button);
  const list = listOf(part);
  const near = part.nextElementSibling ?? part.previousElementSibling;
  say(part, "removed");
  part.remove();
  number(list);
  (near?.querySelector("[value^='remove:']") ??
    list.parentElement.querySelector(":scope > p > [value^='add:']")).focus();
}

function move(button, up) {
  const part = partOf(button);
  const other = up ? part.previousElementSibling : part.nextElementSibling;
  if (!other) return;
  if (up) other.before(part);
  else other.after(part);
  number(listOf(part));
  const back = button.parentElement.querySelector(`[value^='${up ? "down" : "up"}:']`);
  (visible(button) ? button : back).focus();
  say(part, "moved");
}

const verbs = {
  add,
  remove,
  up: (button) => move(button, true),
  down: (button) => move(button, false),
};

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("button[name='__arrange__']");
  if (!button) return;
  event.preventDefault();
  verbs[button.value.split(":")[0]](button);
});
document.querySelectorAll("[data-parts]").forEach(number);

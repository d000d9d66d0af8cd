// The tree of the content. The page holds nested lists of links; this makes an ARIA tree of them:
// sections load when they are opened, arrows walk, letters find, items are dragged or moved with
// keys. The server answers every change with the list as it is now.

const tree = document.querySelector("[data-tree]");
const says = document.querySelector("[data-tree-says]");
const orderForm = document.querySelector("[data-tree-order]");
const dialog = document.querySelector("[data-tree-move]");
const PAUSE = 700;

const rowOf = (item) => item.querySelector(":scope > .tree-row");
const groupOf = (item) => item.querySelector(":scope > ul");
const titleOf = (item) => item.querySelector(".tree-title").textContent.trim();
const linkOf = (item) => item.querySelector(".tree-title");
const parentOf = (item) => item.parentElement.closest("[data-tree] li");
const expanded = (item) => rowOf(item).getAttribute("aria-expanded");
const isOpen = (item) => expanded(item) === "true";
const expand = (item, value) => rowOf(item).setAttribute("aria-expanded", value);
const at = (item, below) => `/redakcja/tresci/${item.dataset.id}/${below}`;

function say(words, values = {}) {
  says.textContent = words.replace(/\{(\w+)\}/g, (_all, name) => values[name]);
}

// --- from lists to a tree -------------------------------------------------------------------

// The row is the treeitem: its own words are its name, without those of everything under it.
function dress(item, level) {
  const row = rowOf(item);
  item.setAttribute("role", "none");
  row.setAttribute("role", "treeitem");
  row.setAttribute("aria-level", level);
  row.tabIndex = -1;
  row.querySelectorAll("a").forEach((link) => (link.tabIndex = -1));
  row.querySelector(".tree-toggle")?.setAttribute("aria-hidden", "true");
  if (item.dataset.place) {
    row.setAttribute("aria-posinset", item.dataset.place);
    row.setAttribute("aria-setsize", item.dataset.total);
  }
  if (Number(item.dataset.below)) expand(item, "false");
  if ("movable" in item.dataset) row.draggable = true;
  const group = groupOf(item);
  if (!group) return;
  dressGroup(group, level + 1);
  expand(item, "true");
}

function dressGroup(group, level) {
  group.setAttribute("role", "group");
  [...group.children].forEach((item) => dress(item, level));
}

// --- where we are ---------------------------------------------------------------------------

const items = () => [...tree.querySelectorAll("li")].filter((item) => rowOf(item).offsetParent);
const current = () => tree.querySelector(".tree-row[tabindex='0']");

function focus(item, { move = true } = {}) {
  if (!item) return;
  const before = current();
  if (before) before.tabIndex = -1;
  rowOf(item).tabIndex = 0;
  if (move) rowOf(item).focus();
}

// --- opening and closing --------------------------------------------------------------------

async function load(address) {
  say(tree.dataset.saysLoading);
  const answer = await fetch(address, { headers: { Accept: "text/html" } });
  const text = await answer.text();
  const page = new DOMParser().parseFromString(text, "text/html");
  const list = page.querySelector("[data-children]");
  if (!answer.ok || !list) throw new Error(answer.status);
  say("");
  return list;
}

async function open(item) {
  if (expanded(item) !== "false") return;
  if (!groupOf(item)) {
    try {
      put(item, await load(at(item, "dzieci")));
    } catch {
      return say(tree.dataset.saysFailed);
    }
  }
  groupOf(item).hidden = false;
  expand(item, "true");
}

function put(item, list) {
  groupOf(item)?.remove();
  item.append(list);
  dressGroup(list, Number(rowOf(item).getAttribute("aria-level")) + 1);
}

function close(item) {
  if (!isOpen(item)) return;
  groupOf(item).hidden = true;
  expand(item, "false");
}

async function more(item) {
  const group = item.parentElement;
  try {
    const list = await load(item.dataset.more);
    const level = Number(rowOf(item).getAttribute("aria-level"));
    const fresh = [...list.children];
    item.remove();
    group.append(...fresh);
    fresh.forEach((each) => dress(each, level));
    focus(fresh[0]);
  } catch {
    say(tree.dataset.saysFailed);
  }
}

function enter(item) {
  if (item.dataset.more) more(item);
  else linkOf(item).click();
}

// --- the order ------------------------------------------------------------------------------

async function place(item, where) {
  const parent = parentOf(item);
  if (!("ordered" in item.dataset) || !parent) return say(tree.dataset.saysFixed);
  const before = item.dataset.place;
  orderForm.elements.id.value = item.dataset.id;
  orderForm.elements.dokad.value = where;
  try {
    const body = new URLSearchParams(new FormData(orderForm));
    const answer = await fetch(at(parent, "kolejnosc"), { method: "POST", body });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const list = page.querySelector("[data-children]");
    if (!answer.ok || !list) throw new Error(answer.status);
    settle(parent, list, item, before);
  } catch {
    say(tree.dataset.saysFailed);
  }
}

// Opened sections stay open: their lists go over to the new rows.
function settle(parent, list, item, before) {
  const opened = [...groupOf(parent).children].filter((each) => groupOf(each));
  put(parent, list);
  for (const old of opened) {
    const fresh = list.querySelector(`:scope > [data-id="${old.dataset.id}"]`);
    if (!fresh) continue;
    fresh.append(groupOf(old));
    expand(fresh, expanded(old));
  }
  const now = list.querySelector(`:scope > [data-id="${item.dataset.id}"]`);
  if (!now) return focus(parent);
  focus(now);
  const words = now.dataset.place === before ? tree.dataset.saysEnd : tree.dataset.saysPlaced;
  return say(words, { title: titleOf(now), place: now.dataset.place, total: now.dataset.total });
}

// --- moving elsewhere -----------------------------------------------------------------------

function ask(item, under) {
  const form = dialog.querySelector("form");
  const words = dialog.querySelector("[data-words]");
  form.action = at(item, "przenies");
  form.elements.under.value = under.dataset.id;
  words.textContent = words.dataset.words
    .replace("{title}", titleOf(item))
    .replace("{under}", titleOf(under));
  dialog.showModal();
}

dialog.querySelector("[data-no]").addEventListener("click", () => dialog.close());
dialog.addEventListener("close", () => current()?.focus());

// --- keys -----------------------------------------------------------------------------------

let typed = "";
let timer;

function find(letter, item) {
  clearTimeout(timer);
  timer = setTimeout(() => (typed = ""), PAUSE);
  typed += letter.toLowerCase();
  const all = items();
  const here = all.indexOf(item);
  // The first letter looks onwards from here; more letters may stay where we are.
  const start = typed.length === 1 ? here + 1 : here;
  const order = [...all.slice(start), ...all.slice(0, start)];
  focus(order.find((each) => titleOf(each).toLowerCase().startsWith(typed)));
}

const KEYS = {
  ArrowDown: (item, all) => focus(all[all.indexOf(item) + 1]),
  ArrowUp: (item, all) => focus(all[all.indexOf(item) - 1]),
  Home: (_item, all) => focus(all[0]),
  End: (_item, all) => focus(all.at(-1)),
  ArrowRight: (item, all) => (isOpen(item) ? focus(all[all.indexOf(item) + 1]) : open(item)),
  ArrowLeft: (item) => (isOpen(item) ? close(item) : focus(parentOf(item))),
  Enter: (item) => enter(item),
  " ": (item) => (typed ? find(" ", item) : enter(item)),
};
const WITH_ALT = {
  ArrowUp: (item) => place(item, "wyzej"),
  ArrowDown: (item) => place(item, "nizej"),
  Home: (item) => place(item, "pierwsza"),
  End: (item) => place(item, "ostatnia"),
};

tree.addEventListener("keydown", (event) => {
  const item = event.target.closest("[data-tree] li");
  if (!item || event.ctrlKey || event.metaKey) return;
  const act = (event.altKey ? WITH_ALT : KEYS)[event.key];
  if (act) {
    event.preventDefault();
    act(item, items());
  } else if (event.key === "M" && "movable" in item.dataset) {
    event.preventDefault();
    location.assign(at(item, "przenies"));
  } else if (!event.altKey && event.key.length === 1 && /\S/.test(event.key)) {
    event.preventDefault();
    find(event.key, item);
  }
});

// --- mouse ----------------------------------------------------------------------------------

tree.addEventListener("click", (event) => {
  const item = event.target.closest("[data-tree] li");
  if (!item || event.ctrlKey || event.metaKey || event.shiftKey) return;
  focus(item, { move: false });
  if (item.dataset.more) {
    event.preventDefault();
    more(item);
  } else if (event.target.closest(".tree-toggle")) {
    event.preventDefault();
    focus(item);
    if (isOpen(item)) close(item);
    else open(item);
  }
});

let dragged = null;

// Near its upper and lower edge a row takes the dragged item beside itself, else into itself.
function aim(event) {
  const target = event.target.closest?.("[data-tree] li");
  if (!dragged || !target || dragged.contains(target)) return null;
  const box = rowOf(target).getBoundingClientRect();
  const height = (event.clientY - box.top) / box.height;
  const siblings = parentOf(target) === parentOf(dragged) && "ordered" in target.dataset;
  if (siblings && height < 0.3) return { target, side: "before" };
  if (siblings && height > 0.7) return { target, side: "after" };
  return "receives" in target.dataset && target !== parentOf(dragged) ? { target, side: "into" } : null;
}

function mark(found) {
  tree.querySelectorAll("[data-drop]").forEach((row) => row.removeAttribute("data-drop"));
  if (found) rowOf(found.target).dataset.drop = found.side;
}

tree.addEventListener("dragstart", (event) => {
  dragged = event.target.closest("[data-tree] li");
  focus(dragged, { move: false });
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", titleOf(dragged));
});
tree.addEventListener("dragover", (event) => {
  const found = aim(event);
  mark(found);
  if (found) event.preventDefault();
});
tree.addEventListener("dragend", () => {
  mark(null);
  dragged = null;
});
tree.addEventListener("drop", (event) => {
  const found = aim(event);
  if (!found) return;
  event.preventDefault();
  mark(null);
  const item = dragged;
  if (found.side === "into") return ask(item, found.target);
  const from = Number(item.dataset.place);
  const to = Number(found.target.dataset.place) + (found.side === "after" ? 1 : 0);
  return place(item, from < to ? to - 1 : to);
});

tree.setAttribute("role", "tree");
[...tree.children].forEach((item) => dress(item, 1));
const opened = tree.dataset.open && tree.querySelector(`[data-id="${tree.dataset.open}"]`);
focus(opened || items()[0], { move: Boolean(opened) });

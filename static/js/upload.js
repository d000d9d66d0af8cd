/* Several files at once: each is sent on its own, with its progress, and can be sent again.
   Without this module the form sends them all together. */

const form = document.querySelector("[data-upload]");
const input = form.querySelector("input[type=file]");
const list = form.querySelector("[data-list]");
const status = form.querySelector("[data-status]");
const send = form.querySelector("[data-send]");
const drop = form.querySelector("[data-drop]");
const words = form.dataset;
const limit = Number(words.limit);
const sendings = [];
let busy = false;

const say = (text, values) => text.replace(/\{(\w+)\}/g, (_all, name) => values[name]);

function make(tag, text = "", classes = "") {
  const element = document.createElement(tag);
  element.textContent = text;
  if (classes) element.className = classes;
  return element;
}

/* A file sent twice under one key is there once: the answer to the first may have been lost. */
function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return btoa(String.fromCharCode(...bytes)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
}

function button(label, name, action) {
  const found = make("button", label, "button secondary small");
  found.type = "button";
  found.append(make("span", `: ${name}`, "visually-hidden"));
  found.addEventListener("click", action);
  return found;
}

function add(file) {
  const row = make("li");
  const name = make("bdi", file.name);
  const bar = document.createElement("progress");
  bar.max = 100;
  bar.value = 0;
  bar.setAttribute("aria-label", file.name);
  const state = make("span", words.waiting, "meta");
  const actions = make("span", "", "actions");
  row.append(name, bar, state, actions);
  list.append(row);
  list.hidden = false;
  const sending = { file, row, bar, state, actions, key: newKey(), stage: "waiting" };
  sendings.push(sending);
  actions.append(button(words.remove, file.name, () => remove(sending)));
  if (file.size > limit) fail(sending, words.tooLarge, false);
}

function remove(sending) {
  sendings.splice(sendings.indexOf(sending), 1);
  sending.row.remove();
  list.hidden = sendings.length === 0;
  input.focus();
}

function fail(sending, message, again = true) {
  sending.stage = "failed";
  sending.bar.hidden = true;
  sending.row.className = "bad";
  sending.state.textContent = message;
  sending.actions.replaceChildren(button(words.remove, sending.file.name, () => remove(sending)));
  if (again) {
    sending.actions.prepend(
      button(words.retry, sending.file.name, () => {
        sending.stage = "waiting";
        form.requestSubmit();
      }),
    );
  }
}

function succeed(sending, made) {
  sending.stage = "sent";
  sending.bar.hidden = true;
  sending.row.className = "ok";
  sending.state.textContent = words.sent;
  const link = make("a", words.describe, "button secondary small");
  link.href = made.describe;
  link.append(make("span", `: ${made.title}`, "visually-hidden"));
  sending.actions.replaceChildren(link);
}

function post(sending) {
  const data = new FormData();
  data.append("csrf_token", form.elements.csrf_token.value);
  data.append("key", sending.key);
  data.append("file", sending.file);
  sending.row.className = "";
  sending.bar.hidden = false;
  sending.bar.value = 0;
  sending.state.textContent = words.sending;
  sending.actions.replaceChildren();
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) sending.bar.value = (100 * event.loaded) / event.total;
    });
    request.addEventListener("loadend", () => {
      answered(sending, request);
      resolve();
    });
    request.send(data);
  });
}

function answered(sending, request) {
  let answer = null;
  try {
    answer = JSON.parse(request.responseText);
  } catch {
    // A page instead of an answer: too large, logged out, or no connection.
  }
  if (request.status === 200 && answer?.id) succeed(sending, answer);
  else if (answer?.error) fail(sending, answer.error, false);
  else if (request.status === 413) fail(sending, words.tooLarge, false);
  else fail(sending, request.status >= 400 && request.status < 500 ? words.refused : words.failed);
}

async function sendAll() {
  if (busy) return;
  busy = true;
  for (let next; (next = sendings.find((each) => each.stage === "waiting")); ) await post(next);
  busy = false;
  const sent = sendings.filter((each) => each.stage === "sent").length;
  const failed = sendings.filter((each) => each.stage === "failed").length;
  const parts = [say(words.summary, { sent, total: sendings.length })];
  if (failed) parts.push(say(words.problems, { failed }));
  status.textContent = parts.join(" ");
  // What waits for a description is named beside each file sent; the count below is an old one.
  if (sent) document.getElementById("do-ustalenia").hidden = true;
}

form.querySelector("[data-plain]").hidden = true;
input.addEventListener("change", () => {
  for (const file of input.files) add(file);
  input.value = "";
  input.required = false;
});
for (const name of ["dragover", "drop"]) {
  drop.addEventListener(name, (event) => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    if (name === "drop") for (const file of event.dataTransfer.files) add(file);
  });
}
form.addEventListener("submit", (event) => {
  if (sendings.length === 0) return;
  event.preventDefault();
  sendAll();
});
send.disabled = false;

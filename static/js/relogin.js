// A form whose login has ended: log in here, in a dialog, and go on. Nothing typed leaves the page.
//
// Before the form is sent the server is asked whether the page still opens. If it leads to the
// login instead, the login's own pages are shown in the dialog, one after another, until it opens.
// Without this file the server answers with a page that does the same.

const HERE = location.pathname;
const dialog = document.getElementById("relogin");
const room = dialog?.querySelector("[data-room]");
const waiting = { form: null, submitter: null };
const passed = new WeakSet();
const busy = new WeakSet();

const parsed = (html) => new DOMParser().parseFromString(html, "text/html");

async function isOpen() {
  const answer = await fetch(HERE, { method: "HEAD", redirect: "manual", cache: "no-store" });
  return answer.type !== "opaqueredirect";
}

function send(form, submitter) {
  passed.add(form);
  form.requestSubmit(submitter?.isConnected ? submitter : null);
}

function say(name) {
  for (const each of dialog.querySelectorAll("[data-say]")) each.hidden = each.dataset.say !== name;
}

// One page of the login: what its main part holds, its forms sent from here.
function show(page) {
  const main = page.querySelector("main");
  for (const each of main.querySelectorAll("h1, script")) each.remove();
  for (const link of main.querySelectorAll("a:not([href^='#'])")) link.target = "_blank";
  room.replaceChildren(...[...main.children].map((each) => document.importNode(each, true)));
  for (const form of room.querySelectorAll("form")) form.addEventListener("submit", step);
  const first = room.querySelector("[role=alert], input:not([type=hidden])");
  first?.focus();
}

async function step(event) {
  event.preventDefault();
  event.stopPropagation();
  const form = event.currentTarget;
  const body = new URLSearchParams(new FormData(form));
  const answer = await fetch(form.getAttribute("action"), { method: "POST", body });
  const page = parsed(await answer.text());
  if (new URL(answer.url).pathname.startsWith("/zaloguj")) show(page);
  else await goOn();
}

// The page itself, opened anew, brings the token of the new login and says whose it is.
async function goOn() {
  const answer = await fetch(HERE, { cache: "no-store" });
  const page = parsed(await answer.text());
  const fresh = page.getElementById("relogin");
  if (new URL(answer.url).pathname.startsWith("/zaloguj")) return show(page);
  room.replaceChildren();
  if (!fresh) return say("refused");
  const token = page.querySelector("#form [name=csrf_token]").value;
  for (const input of document.querySelectorAll("[name=csrf_token]")) input.value = token;
  if (fresh.dataset.person !== dialog.dataset.person) {
    dialog.dataset.person = fresh.dataset.person;
    return say("another");
  }
  dialog.close();
  send(waiting.form, waiting.submitter);
}

async function ask(form, submitter) {
  Object.assign(waiting, { form, submitter });
  const answer = await fetch(`/zaloguj?powrot=${encodeURIComponent(HERE)}`);
  say("ended");
  dialog.showModal();
  show(parsed(await answer.text()));
}

async function check(event) {
  const { target: form, submitter } = event;
  if (form.id !== "form" || passed.delete(form)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (busy.has(form)) return;
  busy.add(form);
  try {
    if (await isOpen()) send(form, submitter);
    else await ask(form, submitter);
  } catch {
    // The network is down: the browser says so better than we can, and keeps the page.
    send(form, submitter);
  } finally {
    busy.delete(form);
  }
}

if (dialog) {
  // Before the form's own modules: they hear of it when it is really sent.
  document.addEventListener("submit", check, { capture: true });
  dialog.querySelector("[data-go-on]").addEventListener("click", goOn);
  dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
}

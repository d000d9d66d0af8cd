// A form whose login has ended: log in here, in a dialog, and go on. Nothing typed leaves the page.
//
// Before the form is sent the page is opened anew. If that leads to the login, the login's own pages
// are shown in the dialog, one after another, until it opens; if somebody has logged in elsewhere
// meanwhile, the form takes over the token of the new login.
// Without this file the server answers with a page that does the same.

const HERE = location.pathname;
const dialog = document.getElementById("relogin");
const room = dialog?.querySelector("[data-room]");
const waiting = { form: null, submitter: null };
const passed = new WeakSet();
const busy = new WeakSet();

const parsed = (html) => new DOMParser().parseFromString(html, "text/html");

// The page as it opens now, or nothing when it leads to the login.
async function opened() {
  const answer = await fetch(HERE, { redirect: "manual", cache: "no-store" });
  return answer.type === "opaqueredirect" ? null : parsed(await answer.text());
}

// Take over the token of the login, and tell whether it is still the same person's. What else may
// have become of the page is for the server to say.
function renew(page) {
  const fresh = page.getElementById("relogin");
  const token = page.querySelector("#form [name=csrf_token]")?.value;
  if (!fresh || !token) return true;
  for (const input of document.querySelectorAll("[name=csrf_token]")) input.value = token;
  const same = fresh.dataset.person === dialog.dataset.person;
  dialog.dataset.person = fresh.dataset.person;
  return same;
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
  if (new URL(answer.url).pathname.startsWith("/zaloguj")) return show(page);
  room.replaceChildren();
  if (!page.getElementById("relogin")) return say("refused");
  if (!renew(page)) return say("another");
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

function warn(form, submitter) {
  Object.assign(waiting, { form, submitter });
  room.replaceChildren();
  say("another");
  dialog.showModal();
}

async function check(event) {
  const { target: form, submitter } = event;
  if (form.id !== "form" || passed.delete(form)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (busy.has(form)) return;
  busy.add(form);
  try {
    const page = await opened();
    if (!page) await ask(form, submitter);
    else if (renew(page)) send(form, submitter);
    else warn(form, submitter);
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

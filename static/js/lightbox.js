// Pictures of a gallery one by one, in a dialog. Without this file each picture is a link to
// its own page. The browser's dialog keeps the focus inside, and gives it back on closing.

const list = document.querySelector("[data-lightbox]");
const dialog = document.getElementById("lightbox");
const stage = dialog.querySelector("[data-stage]");
const counter = dialog.querySelector("[data-counter]");
const links = [...list.querySelectorAll("a")];
let shown = 0;

function show(index) {
  shown = (index + links.length) % links.length;
  const figure = links[shown].parentElement.querySelector("template").content.cloneNode(true);
  stage.replaceChildren(figure);
  counter.textContent = counter.dataset.template
    .replace("{number}", shown + 1)
    .replace("{total}", links.length);
}

function open(index) {
  show(index);
  dialog.showModal();
}

function close() {
  dialog.close();
  links[shown].focus();
}

const keys = { ArrowLeft: () => show(shown - 1), ArrowRight: () => show(shown + 1) };

links.forEach((link, index) => {
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open(index);
  });
});
dialog.addEventListener("keydown", (event) => keys[event.key]?.());
dialog.addEventListener("cancel", (event) => {
  event.preventDefault();
  close();
});
dialog.querySelector("[data-previous]").addEventListener("click", keys.ArrowLeft);
dialog.querySelector("[data-next]").addEventListener("click", keys.ArrowRight);
dialog.querySelector("[data-close]").addEventListener("click", close);

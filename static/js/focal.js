/* The point of a picture that stays visible when it is cut: set with a pointer on the picture,
   or with the two sliders, which the arrow keys move. Without this module they are numbers. */

const stage = document.querySelector("[data-focal]");
const form = stage.closest("form");
const inputs = [form.elements.focal_x, form.elements.focal_y];
const image = stage.querySelector("img");
const holder = stage.querySelector("[data-stage]");
const cuts = stage.querySelector("[data-cuts]");

const mark = document.createElement("span");
mark.className = "focal-mark";
mark.setAttribute("aria-hidden", "true");
holder.append(mark);
const hint = document.createElement("p");
hint.className = "hint";
hint.textContent = stage.dataset.hint;
stage.prepend(hint);

/* Ranges answer to arrows, Page Up and Down, Home and End by themselves. */
for (const input of inputs) {
  input.type = "range";
  input.min = 0;
  input.max = 100;
  input.step = 1;
  const output = document.createElement("output");
  output.htmlFor = input.id;
  input.after(output);
  input.addEventListener("input", show);
}

/* Of itself a slider goes up with the arrow that points up: here that would move the point down. */
inputs[1].addEventListener("keydown", (event) => {
  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (!step) return;
  event.preventDefault();
  inputs[1].valueAsNumber += step;
  show();
});

const pieces = [...cuts.querySelectorAll("[data-cut]")].map((frame) => {
  const piece = document.createElement("img");
  piece.src = image.currentSrc || image.src;
  piece.alt = "";
  frame.append(piece);
  const [width, height] = frame.dataset.cut.split("x").map(Number);
  return { piece, ratio: width / height };
});
cuts.hidden = false;

/* As the server cuts: the largest part of that shape whose middle is nearest the point. */
function place(percent, part) {
  if (part >= 1) return 50;
  const start = Math.min(Math.max(percent / 100 - part / 2, 0), 1 - part);
  return (100 * start) / (1 - part);
}

function show() {
  const [x, y] = inputs.map((input) => Number(input.value));
  mark.style.left = `${x}%`;
  mark.style.top = `${y}%`;
  for (const input of inputs) input.parentElement.querySelector("output").textContent = input.value;
  const own = image.width / image.height || 1;
  for (const { piece, ratio } of pieces) {
    const across = place(x, Math.min(1, ratio / own));
    const down = place(y, Math.min(1, own / ratio));
    piece.style.objectPosition = `${across}% ${down}%`;
  }
}

function follow(event) {
  const box = image.getBoundingClientRect();
  const at = [
    (event.clientX - box.left) / box.width,
    (event.clientY - box.top) / box.height,
  ];
  at.forEach((share, index) => {
    inputs[index].value = Math.round(100 * Math.min(Math.max(share, 0), 1));
  });
  inputs[0].dispatchEvent(new Event("input", { bubbles: true }));
}

holder.addEventListener("pointerdown", (event) => {
  event.preventDefault();
  holder.setPointerCapture(event.pointerId);
  follow(event);
});
holder.addEventListener("pointermove", (event) => {
  if (holder.hasPointerCapture(event.pointerId)) follow(event);
});
image.addEventListener("load", show);
show();

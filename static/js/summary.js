// The summary of errors gets the focus, and its links lead into fields even where they are folded
// away or where an editor or a picker stands in for them. Without this file the links are anchors.

const CONTROLS = "input:not([type=hidden]), textarea, select, [contenteditable=true]";
const summary = document.querySelector(".error-summary");

summary?.focus();
summary?.addEventListener("click", (event) => {
  const link = event.target.closest("a");
  const target = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (!target) return;
  event.preventDefault();
  for (let box = target.closest("details"); box; box = box.parentElement.closest("details")) {
    box.open = true;
  }
  const within = target.matches(CONTROLS) ? target.closest(".field") ?? target : target;
  const controls = [target, ...within.querySelectorAll(CONTROLS)];
  const control = controls.find((each) => each.matches(CONTROLS) && each.offsetParent !== null);
  within.scrollIntoView({ block: "center" });
  control?.focus({ preventScroll: true });
});

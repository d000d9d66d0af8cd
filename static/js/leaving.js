// A form with changes is not left by accident: the browser asks first. Without this file a browser
// brings back short fields on the way back, and a running text is lost.

const form = document.getElementById("form");
// What came back with errors, or beside somebody else's text, has not been saved either.
let changed = document.querySelector(".error-summary, .conflict") !== null;

form.addEventListener("input", () => (changed = true));
form.addEventListener("click", (event) => {
  if (event.target.closest("[name='__arrange__']")) changed = true;
});
form.addEventListener("submit", () => (changed = false));
addEventListener("beforeunload", (event) => {
  if (changed) event.preventDefault();
});

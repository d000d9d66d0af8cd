// How many characters are left of a text with a limit, a moment after one stops typing: screen
// readers are told then too. Without this file the limit and the first count stand there.

const waiting = new WeakMap();

function count(text) {
  const place = document.getElementById(`${text.id}-h`)?.querySelector("[data-left]");
  if (!place) return;
  const left = Number(text.dataset.limit) - [...text.value.trim()].length;
  place.textContent = place.dataset.left.replace("#", left);
  place.classList.toggle("over", left < 0);
}

document.addEventListener("input", (event) => {
  const text = event.target;
  if (!text.dataset?.limit) return;
  clearTimeout(waiting.get(text));
  waiting.set(text, setTimeout(count, 500, text));
});

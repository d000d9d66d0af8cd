// What htmx leaves to us when it puts new results in the place of others: the focus, the box of
// choices that a phone has opened, and the way on when the server does not answer. Without htmx
// every choice loads a page, which works as well.

const results = () => document.getElementById("wyniki");
let opened = false;

// htmx notes the address, and with it the words, in the browser. Nothing of a reader is kept there.
function forget() {
  try {
    sessionStorage.removeItem("htmx-current-path-for-history");
  } catch {
    // A browser that keeps nothing has nothing to forget.
  }
}

forget();
document.addEventListener("htmx:pushedIntoHistory", forget);

document.addEventListener("htmx:beforeSwap", () => {
  opened = Boolean(results().querySelector(".filters[open]"));
});

// In the same step as the swap: the box is never seen closed.
document.addEventListener("htmx:afterSwap", () => {
  const filters = results().querySelector(".filters");
  if (filters && opened) filters.open = true;
});

// A control that is still there has kept the focus; after any other the results have it.
document.addEventListener("htmx:afterSettle", () => {
  if (document.activeElement !== document.body) return;
  results().scrollIntoView();
  results().focus({ preventScroll: true });
});

for (const failed of ["htmx:responseError", "htmx:sendError"]) {
  document.addEventListener(failed, (event) => {
    location.assign(event.detail.pathInfo.finalRequestPath);
  });
}

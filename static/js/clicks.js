// Which result was opened, from one: told to the portal once for each page of results, with the
// page's ticket and nothing about the reader. Links stay as they are and nothing waits for this.

// Another page of results may have come in place: each is told of once.
const told = new WeakSet();

function tell(event) {
  const link = event.target.closest?.(".hit h2 a");
  const page = link?.closest("[data-ticket]");
  // A link is opened by a click or, beside this page, by the middle button.
  if (!page || told.has(page) || (event.type === "auxclick" && event.button !== 1)) return;
  const { ticket, before, to } = page.dataset;
  const place = [...page.querySelectorAll(".hit h2 a")].indexOf(link) + 1;
  const sent = new URLSearchParams({ bilet: ticket, miejsce: Number(before) + place });
  if (navigator.sendBeacon(to, sent)) told.add(page);
}

document.addEventListener("click", tell);
document.addEventListener("auxclick", tell);

// Which result was opened, from one: told to the portal once for each page of results, with the
// page's ticket and nothing about the reader. Links stay as they are and nothing waits for this.

const { ticket, before, to } = document.getElementById("clicks").dataset;
let told = false;

function tell(event) {
  const link = event.target.closest?.(".hit h2 a");
  // A link is opened by a click or, beside this page, by the middle button.
  if (!link || told || (event.type === "auxclick" && event.button !== 1)) return;
  const place = [...document.querySelectorAll(".hit h2 a")].indexOf(link) + 1;
  told = navigator.sendBeacon(to, new URLSearchParams({ bilet: ticket, miejsce: Number(before) + place }));
}

document.addEventListener("click", tell);
document.addEventListener("auxclick", tell);

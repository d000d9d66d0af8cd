// A film of another service is loaded by a click and not before; times lead into the film.
// Without this script the button and the times are links: to the film's page there, or to our
// file at that moment.

const moment = (hash) => Number(/^#t=(\d{1,6})$/.exec(hash)?.[1] ?? NaN);
const film = document.querySelector("[data-film]");

function load(box, seconds) {
  const at = seconds ? box.dataset.at.replace("{}", seconds) : "";
  const frame = document.createElement("iframe");
  frame.title = box.dataset.title;
  frame.allow = "autoplay; fullscreen; picture-in-picture";
  frame.allowFullscreen = true;
  // The service learns which portal plays the film, not which page; some play nothing otherwise.
  frame.referrerPolicy = "strict-origin-when-cross-origin";
  frame.src = box.dataset.player + at;
  box.replaceChildren(frame);
  frame.focus();
}

function play(seconds) {
  if (film.dataset.player) {
    load(film, seconds);
  } else {
    film.currentTime = seconds;
    // A browser that refuses to play leaves the film at the moment, ready to be started.
    film.play().catch(() => {});
    film.focus();
  }
  film.scrollIntoView({ block: "nearest" });
}

for (const button of document.querySelectorAll("[data-load]")) {
  button.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const box = button.closest("[data-player]");
    load(box, box === film ? moment(location.hash) : 0);
  });
}

if (film) {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-time]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    // The address can be passed on: it leads to the same moment.
    history.replaceState(history.state, "", `#t=${link.dataset.time}`);
    play(Number(link.dataset.time));
  });

  // An address with a moment only makes ready: nothing plays, and nothing is loaded, by itself.
  const ready = () => {
    const seconds = moment(location.hash);
    if (!film.dataset.player && seconds >= 0) film.currentTime = seconds;
  };
  ready();
  addEventListener("hashchange", ready);
}

/* Stored HTML and what the editor shows of it. Pictures and links are kept by number; a browser
   must never meet `src="node:12"`, so texts are read and written in a document that loads nothing. */

const TAGS = new Set(
  ("p h2 h3 h4 ul ol li a strong em blockquote table caption thead tbody tr th td br hr abbr sup " +
    "sub code pre figure figcaption img dl dt dd span cite q time").split(" "),
);
const RENAMED = { b: "strong", i: "em" };
const DROPPED = "script, style, template, noscript, iframe, object, embed, svg, math, title, textarea, select, option, xmp, noembed, noframes, plaintext, audio, video";
const ATTRIBUTES = {
  a: ["href", "title"], abbr: ["title"], img: ["src", "alt"], ol: ["start", "reversed", "type"],
  td: ["colspan", "rowspan"], th: ["colspan", "rowspan", "scope"], time: ["datetime"],
};
const ADDRESS = /^(?:https?:\/\/|mailto:|tel:|node:\d+(?:[?#]|$)|\/(?!\/)|#)/i;
const NODE = /^node:(\d+)$/;

/* What the editor shows for a stored text; `nodes` tells what is known of numbers. */
export function rebuild(html, nodes = {}) {
  const read = new DOMParser().parseFromString(html, "text/html").body;
  const made = document.createDocumentFragment();
  copy(read, made, nodes);
  return made;
}

function copy(from, to, nodes) {
  for (const node of from.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) {
      if (to.nodeType !== Node.DOCUMENT_FRAGMENT_NODE || node.data.trim()) to.append(node.data);
    } else if (node.nodeType === Node.ELEMENT_NODE && !node.matches(DROPPED)) {
      const made = twin(node, nodes);
      if (made) to.append(made);
      if (made?.localName !== "img") copy(node, made ?? to, nodes);
    }
  }
}

function twin(node, nodes) {
  const tag = RENAMED[node.localName] ?? node.localName;
  if (!TAGS.has(tag)) return null;
  const made = document.createElement(tag);
  for (const name of ["lang", ...(ATTRIBUTES[tag] ?? [])]) {
    const value = node.getAttribute(name);
    if (value === null || (name === "src")) continue;
    if (name === "href" && !ADDRESS.test(value)) continue;
    made.setAttribute(name, value);
  }
  return tag === "img" ? picture(node, made, nodes) : made;
}

function picture(node, made, nodes) {
  const [, id] = NODE.exec(node.getAttribute("src") ?? "") ?? [];
  if (!id) return null;
  made.dataset.node = id;
  if (!made.hasAttribute("alt")) made.alt = "";
  const known = nodes[id];
  if (known?.picture?.startsWith("/obrazy/")) made.src = known.picture;
  if (known?.title) made.title = known.title;
  return made;
}

/* The text as it is sent: what the editor adds for showing is left out. */
export function serialise(writing) {
  const inert = document.implementation.createHTMLDocument("");
  const body = inert.importNode(writing, true);
  for (const image of body.querySelectorAll("img")) {
    const { node } = image.dataset;
    if (!node) image.remove();
    for (const name of ["title", "data-node", "width", "height"]) image.removeAttribute(name);
    // Pictures are written source first, description second.
    const alt = image.getAttribute("alt") ?? "";
    image.removeAttribute("alt");
    image.setAttribute("src", `node:${node}`);
    image.setAttribute("alt", alt);
  }
  for (const each of body.querySelectorAll("[style], [class], [id]")) {
    for (const name of ["style", "class", "id"]) each.removeAttribute(name);
  }
  for (const br of body.querySelectorAll("br")) if (br.parentElement.childNodes.length === 1) br.remove();
  const blocks = [...body.children].filter((block) => block.localName !== "p" || block.innerHTML.trim());
  const loose = [...body.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
  return loose ? body.innerHTML : blocks.map((block) => block.outerHTML).join("\n");
}

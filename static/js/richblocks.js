/* Blocks of the editor: what is one line of the text, joining lines, making and ending lists. */

const LINES = "p, h2, h3, h4, li, td, th, pre, dt, dd, figcaption, caption, blockquote";
const FIXED = "td, th, figcaption, caption";
const HOLDERS = "ul, ol, li, blockquote, dl";

/* The innermost element that holds the line, or nothing between lines. */
export function blockOf(root, node) {
  const start = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
  const found = start.closest(LINES);
  return found && root.contains(found) && found !== root ? found : null;
}

function replace(old, tag) {
  const made = document.createElement(tag);
  made.append(...old.childNodes);
  old.replaceWith(made);
  return made;
}

/* Moving nodes moves the ends of ranges away from them: put the selection back where it was. */
function keeping(work) {
  const { anchorNode, anchorOffset, focusNode, focusOffset } = getSelection();
  const swapped = work() ?? new Map();
  const of = (node) => swapped.get(node) ?? node;
  if (!of(anchorNode)?.isConnected || !of(focusNode)?.isConnected) return;
  const within = (node, offset) => Math.min(offset, node.length ?? node.childNodes.length);
  getSelection().setBaseAndExtent(
    of(anchorNode), within(of(anchorNode), anchorOffset),
    of(focusNode), within(of(focusNode), focusOffset),
  );
}

/* Take away what the range holds and make one line of the two at its ends. */
export function join(root, range) {
  const [first, last] = [range.startContainer, range.endContainer].map((node) => blockOf(root, node));
  range.deleteContents();
  const place = document.createRange();
  if (!first || !last || first.matches(FIXED) || last.matches(FIXED)) {
    getSelection().collapse(range.startContainer, Math.min(range.startOffset, lengthOf(range.startContainer)));
    return;
  }
  for (const line of [first, last]) {
    if (!line.textContent) line.querySelectorAll(":scope > br").forEach((br) => br.remove());
  }
  place.selectNodeContents(first);
  const inner = [...first.children].find((child) => child.matches("ul, ol"));
  if (inner) place.setEndBefore(inner);
  place.collapse(false);
  const mark = document.createTextNode("");
  place.insertNode(mark);
  if (last.isConnected && last !== first && !last.contains(first)) {
    const moved = [...last.childNodes];
    mark.after(...moved);
    removeEmpty(root, last);
  }
  if (!first.textContent && !first.querySelector("img")) mark.after(document.createElement("br"));
  getSelection().collapse(mark, 0);
  first.normalize();
  if (!mark.isConnected && !root.contains(getSelection().anchorNode)) getSelection().collapse(first, 0);
}

function lengthOf(node) {
  return node.length ?? node.childNodes.length;
}

function removeEmpty(root, node) {
  const above = node.parentElement;
  node.remove();
  if (above !== root && above.matches(HOLDERS) && !above.textContent && !above.querySelector("img, li")) {
    removeEmpty(root, above);
  }
}

function linesIn(root, range) {
  const lines = [...root.querySelectorAll(LINES)].filter((line) => range.intersectsNode(line));
  const innermost = lines.filter((line) => !lines.some((other) => other !== line && line.contains(other)));
  return innermost.filter((line) => !line.matches(FIXED));
}

/* Make a list of the lines, give their list the other sign, or make plain lines of its items. */
export function setList(root, range, tag) {
  const lines = linesIn(root, range);
  const list = lines[0]?.closest("ul, ol");
  if (!lines.length) return;
  keeping(() => {
    if (!list || !root.contains(list)) return begin(lines, tag);
    if (list.localName !== tag) return new Map([[list, replace(list, tag)]]);
    return end(lines.map((line) => line.closest("li")).filter((item) => item?.parentElement === list));
  });
}

function begin(lines, tag) {
  const swapped = new Map();
  const list = document.createElement(tag);
  lines[0].before(list);
  for (const line of lines) {
    const item = document.createElement("li");
    item.append(...line.childNodes);
    list.append(item);
    swapped.set(line, item);
    line.remove();
  }
  const { previousElementSibling: before, nextElementSibling: after } = list;
  if (after?.localName === tag) {
    list.append(...after.childNodes);
    after.remove();
  }
  if (before?.localName === tag) {
    before.append(...list.childNodes);
    list.remove();
  }
  return swapped;
}

function end(items) {
  const swapped = new Map();
  const list = items[0].parentElement;
  const rest = document.createElement(list.localName);
  for (let next = items.at(-1).nextElementSibling; next; next = items.at(-1).nextElementSibling) rest.append(next);
  const holder = list.parentElement.closest("li") ? "li" : "p";
  let after = holder === "li" ? list.parentElement : list;
  for (const item of items) {
    const inner = [...item.children].filter((child) => child.matches("ul, ol"));
    const line = document.createElement(holder);
    line.append(...[...item.childNodes].filter((child) => !inner.includes(child)));
    if (holder === "li") line.append(...inner);
    after.after(line, ...(holder === "li" ? [] : inner));
    after = holder === "li" ? line : (inner.at(-1) ?? line);
    swapped.set(item, line);
    item.remove();
  }
  if (rest.firstChild) (holder === "li" ? (node) => after.append(node) : (node) => after.after(node))(rest);
  if (!list.firstElementChild) list.remove();
  return swapped;
}

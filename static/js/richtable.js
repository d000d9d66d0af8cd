/* Tables of the editor: a first row of headings, and rows and columns added or taken away. */

function cell(tag) {
  const made = document.createElement(tag);
  if (tag === "th") made.scope = "col";
  made.append(document.createElement("br"));
  return made;
}

function row(tag, columns) {
  const made = document.createElement("tr");
  for (let index = 0; index < columns; index++) made.append(cell(tag));
  return made;
}

export function make(columns = 2, rows = 2) {
  const table = document.createElement("table");
  const head = document.createElement("thead");
  const body = document.createElement("tbody");
  head.append(row("th", columns));
  for (let index = 0; index < rows; index++) body.append(row("td", columns));
  table.append(head, body);
  return table;
}

export function change(name, at) {
  const line = at.parentElement;
  const table = at.closest("table");
  const rows = [...table.querySelectorAll("tr")];
  const column = [...line.children].indexOf(at);
  if (name === "row_add") {
    const made = row("td", line.children.length);
    if (line.closest("thead")) table.querySelector("tbody").prepend(made);
    else line.after(made);
    getSelection().collapse(made.firstChild, 0);
  } else if (name === "row_remove") {
    const next = rows[rows.indexOf(line) + 1] ?? rows[rows.indexOf(line) - 1];
    line.remove();
    leave(table, next?.firstElementChild);
  } else if (name === "column_add") {
    for (const each of rows) {
      const beside = each.children[column] ?? each.lastElementChild;
      beside.after(cell(beside.localName));
    }
    getSelection().collapse(at.nextElementSibling, 0);
  } else {
    const next = at.nextElementSibling ?? at.previousElementSibling;
    for (const each of rows) each.children[column]?.remove();
    leave(table, next);
  }
}

/* A table without cells is none. */
function leave(table, next) {
  if (next?.isConnected) {
    getSelection().collapse(next, 0);
    return;
  }
  const after = document.createElement("p");
  after.append(document.createElement("br"));
  table.replaceWith(after);
  getSelection().collapse(after, 0);
}

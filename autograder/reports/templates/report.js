"use strict";

// A cell sorts by its data-value, or by its text; rows without a number stay at the end.
const compare = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" }).compare;

function valueOf(row, column) {
  const cell = row.cells[column];
  return "value" in cell.dataset ? Number(cell.dataset.value) : cell.textContent.trim();
}

function sort(table, head, column) {
  const falling = head.getAttribute("aria-sort") === "ascending";
  for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", falling ? "descending" : "ascending");
  const rows = Array.from(table.tBodies[0].rows, (row) => [valueOf(row, column), row]);
  rows.sort(([a], [b]) => (typeof a === "number" && typeof b === "number" ? a - b : compare(a, b)) * (falling ? -1 : 1));
  table.tBodies[0].append(...rows.map(([, row]) => row));
}

for (const table of document.querySelectorAll("table.sortable")) {
  Array.from(table.tHead.rows[0].cells).forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    button.addEventListener("click", () => sort(table, head, column));
    head.replaceChildren(button);
  });
}

// A table with data-grid is typed into like a spreadsheet: arrows and Enter move, Esc takes back, a copied column is pasted downwards.
const EDITABLE = "input:not([type=hidden]):not([type=checkbox]):not([disabled]), select:not([disabled])";

const gridOf = (element) => element.closest?.("table[data-grid]");
const cellOf = (element) => element.closest("td, th");

function fieldAt(table, rowIndex, cellIndex) {
  return table.rows[rowIndex]?.cells[cellIndex]?.querySelector(EDITABLE) ?? null;
}

function step(field, down, right) {
  const table = gridOf(field);
  let row = cellOf(field).parentElement.rowIndex + down;
  let cell = cellOf(field).cellIndex + right;
  // A row of words between the rows of fields has fewer cells: a step down or up passes over it.
  const widest = () => (down ? Number.MAX_SAFE_INTEGER : table.rows[row].cells.length);
  while (row >= 0 && row < table.rows.length && cell >= 0 && cell < widest()) {
    const next = fieldAt(table, row, cell);
    if (next) {
      next.focus();
      next.select?.();
      return true;
    }
    row += down;
    cell += right;
  }
  return false;
}

/** Left and right leave the cell only from the edge of its text, so that a word can still be corrected. */
function atEdge(field, right) {
  if (field.tagName === "SELECT" || field.selectionStart === null) return true;
  const all = field.selectionStart === 0 && field.selectionEnd === field.value.length;
  return all || (right > 0 ? field.selectionEnd === field.value.length : field.selectionStart === 0);
}

function move(event, field) {
  if (event.altKey || event.ctrlKey || event.metaKey) return false;
  const isSelect = field.tagName === "SELECT";
  if (event.key === "Enter") {
    if (!step(field, event.shiftKey ? -1 : 1, 0)) {
      field.blur(); // at the end of the column: what was typed counts all the same
      field.focus();
    }
    return true;
  }
  if (event.key === "ArrowDown" && !isSelect) return step(field, 1, 0);
  if (event.key === "ArrowUp" && !isSelect) return step(field, -1, 0);
  if (event.key === "ArrowRight" && atEdge(field, 1)) return step(field, 0, 1);
  if (event.key === "ArrowLeft" && atEdge(field, -1)) return step(field, 0, -1);
  return false;
}

document.addEventListener("focusin", (event) => {
  if (gridOf(event.target) && event.target.matches(EDITABLE)) {
    event.target.dataset.before = event.target.value;
    event.target.select?.();
  }
});

document.addEventListener("keydown", (event) => {
  const field = event.target;
  if (!gridOf(field) || !field.matches(EDITABLE)) return;
  if (event.key === "Escape") {
    field.value = field.dataset.before ?? field.defaultValue;
    field.select?.();
  } else if (move(event, field)) event.preventDefault();
});

/** Write a pasted text; a choice takes the option that reads the same, and keeps its value where none does. */
function fill(field, text) {
  if (field.tagName !== "SELECT") {
    field.value = text;
    return true;
  }
  const read = (words) => words.trim().normalize("NFC").toLocaleLowerCase("vi");
  const option = [...field.options].find((one) => read(one.text) === read(text));
  if (option) field.value = option.value;
  return Boolean(option);
}

document.addEventListener("paste", (event) => {
  const field = event.target;
  const lines = (event.clipboardData?.getData("text/plain") ?? "").replace(/\r/g, "").replace(/\n$/, "").split("\n");
  if (!gridOf(field) || (lines.length < 2 && !lines[0].includes("\t"))) return;
  event.preventDefault();
  const table = gridOf(field);
  const top = cellOf(field).parentElement.rowIndex;
  const left = cellOf(field).cellIndex;
  lines.forEach((line, down) => line.split("\t").forEach((text, right) => {
    const target = fieldAt(table, top + down, left + right);
    if (target && fill(target, text.trim())) target.dispatchEvent(new Event("change", { bubbles: true }));
  }));
});

// Bulk work: tick rows, see how many, act on them. The buttons stay unusable until something is ticked.
// The boxes of a form may stand outside it and name it, so its elements are asked and not its inside.
const boxesOf = (form, selector) => [...form.elements].filter((box) => box.matches(`input[type=checkbox]${selector}`));
const rowsOf = (form) => boxesOf(form, "[data-row]");

function show(form) {
  const boxes = rowsOf(form);
  const ticked = boxes.filter((box) => box.checked);
  for (const box of boxes) box.closest("tr").setAttribute("aria-selected", String(box.checked));
  const [all] = boxesOf(form, "[data-all]");
  if (all) {
    all.checked = boxes.length > 0 && ticked.length === boxes.length;
    all.indeterminate = ticked.length > 0 && ticked.length < boxes.length;
  }
  const bar = form.querySelector("[data-bulk]");
  if (!bar) return;
  bar.hidden = ticked.length === 0;
  for (const count of bar.querySelectorAll("[data-count]")) count.textContent = String(ticked.length);
}

let last = null;

document.addEventListener("click", (event) => {
  const box = event.target.closest("input[type=checkbox][data-row]");
  if (!box?.form) return;
  const boxes = rowsOf(box.form);
  if (event.shiftKey && last && boxes.includes(last)) {
    const [from, to] = [boxes.indexOf(last), boxes.indexOf(box)].sort((a, b) => a - b);
    for (const between of boxes.slice(from, to + 1)) between.checked = box.checked;
  }
  last = box;
});

document.addEventListener("change", (event) => {
  const { target } = event;
  if (!target.form || !target.matches("input[data-all], input[data-row]")) return;
  if (target.matches("[data-all]")) for (const box of rowsOf(target.form)) box.checked = target.checked;
  show(target.form);
});

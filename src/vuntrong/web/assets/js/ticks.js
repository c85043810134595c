// Lists to tick: [data-ticks] counts, [data-tick-all] ticks the shown boxes of its group, [data-tick-filter] hides what does not fit.
import { key } from "./keys.js";
import { found, onContent } from "./ready.js";

const boxesOf = (root) => [...root.querySelectorAll("input[type=checkbox][name]")];
const isShown = (box) => !box.closest("label").hidden;

function show(list) {
  for (const group of list.querySelectorAll("[data-tick-group]")) {
    const boxes = boxesOf(group);
    const ticked = boxes.filter((box) => box.checked);
    const all = group.querySelector("[data-tick-all]");
    all.checked = boxes.length > 0 && ticked.length === boxes.length;
    all.indeterminate = ticked.length > 0 && ticked.length < boxes.length;
  }
  const boxes = boxesOf(list);
  list.querySelector("[data-tick-count]").textContent = `${boxes.filter((box) => box.checked).length} / ${boxes.length}`;
}

function narrow(list, text) {
  const words = key(text).split(/\s+/).filter(Boolean);
  for (const group of list.querySelectorAll("[data-tick-group]")) {
    for (const box of boxesOf(group)) {
      const label = box.closest("label");
      label.hidden = !words.every((word) => key(label.textContent).includes(word));
    }
    group.hidden = !boxesOf(group).some(isShown);
  }
}

document.addEventListener("change", (event) => {
  const list = event.target.closest("[data-ticks]");
  if (!list) return;
  if (event.target.matches("[data-tick-all]")) {
    for (const box of boxesOf(event.target.closest("[data-tick-group]")).filter(isShown)) box.checked = event.target.checked;
  }
  show(list);
});

document.addEventListener("input", (event) => {
  if (event.target.matches("[data-tick-filter]")) narrow(event.target.closest("[data-ticks]"), event.target.value);
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches("[data-tick-filter]")) event.preventDefault();
});

onContent((root) => found(root, "[data-ticks]").forEach(show));

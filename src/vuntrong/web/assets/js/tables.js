// Tables: the head sticks where the whole table fits; a press anywhere on a row opens what its name links to.
import { found, onContent } from "./ready.js";

const watcher = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    target.classList.remove("is-fit");
    target.classList.toggle("is-fit", target.scrollWidth <= target.clientWidth);
    // What scrolls sideways must be reachable by keyboard.
    if (target.classList.contains("is-fit")) target.removeAttribute("tabindex");
    else target.tabIndex = 0;
  }
});
onContent((root) => found(root, ".vt-scroll").forEach((box) => watcher.observe(box)));

document.addEventListener("click", (event) => {
  const row = event.target.closest(".opens-rows tbody tr");
  if (!row || event.target.closest("a, button, input, label, select, summary, dialog")) return;
  if (String(getSelection())) return;
  const link = row.querySelector("th[scope=row] a");
  if (!link) return;
  if (event.ctrlKey || event.metaKey) open(link.href, "_blank", "noopener");
  else link.click();
});

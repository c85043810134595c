// "Why" of a cell: <button data-why="id"> opens <dialog class="vt-why" id="id"> beside itself; on the phone a sheet from below (style sheet).
const GAP = 4;

function place(dialog, opener) {
  const at = opener.getBoundingClientRect();
  const width = dialog.offsetWidth;
  const height = dialog.offsetHeight;
  const left = Math.min(Math.max(12, at.right - width), innerWidth - width - 12);
  const below = at.bottom + GAP;
  dialog.style.left = `${left}px`;
  dialog.style.top = `${below + height < innerHeight ? below : Math.max(12, at.top - GAP - height)}px`;
}

function close(dialog, { returnFocus } = {}) {
  dialog.close();
  const opener = document.querySelector(`[data-why="${CSS.escape(dialog.id)}"]`);
  opener?.setAttribute("aria-expanded", "false");
  if (returnFocus) opener?.focus();
}

function open(opener) {
  const dialog = document.getElementById(opener.dataset.why);
  for (const other of document.querySelectorAll("dialog.vt-why[open]")) close(other);
  dialog.show();
  place(dialog, opener);
  opener.setAttribute("aria-expanded", "true");
  dialog.querySelector("[data-close-why]").focus();
}

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-why]");
  const inside = event.target.closest("dialog.vt-why");
  if (opener) {
    event.preventDefault();
    if (opener.getAttribute("aria-expanded") === "true") close(document.getElementById(opener.dataset.why));
    else open(opener);
  } else if (event.target.closest("[data-close-why]")) {
    close(inside, { returnFocus: true });
  } else if (!inside) {
    for (const dialog of document.querySelectorAll("dialog.vt-why[open]")) close(dialog);
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const dialog of document.querySelectorAll("dialog.vt-why[open]")) close(dialog, { returnFocus: true });
});

addEventListener("scroll", () => {
  for (const dialog of document.querySelectorAll("dialog.vt-why[open]")) {
    place(dialog, document.querySelector(`[data-why="${CSS.escape(dialog.id)}"]`));
  }
}, { passive: true, capture: true });

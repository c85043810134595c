// <select data-fill-grid> beside a grid: puts its value into every cell that is still empty; the form saves them together.
document.addEventListener("change", (event) => {
  const { target } = event;
  if (!target.matches("[data-fill-grid]") || !target.value) return;
  for (const cell of target.form.querySelectorAll("table[data-grid] select.gt-in:not([disabled])")) {
    if (!cell.value) cell.value = target.value;
  }
  target.value = "";
});

// A file field says which file was chosen, and takes one that is dropped on it.
document.addEventListener("change", (event) => {
  const box = event.target.matches?.("input[type=file]") && event.target.closest("[data-file]");
  if (!box) return;
  const name = box.querySelector("[data-name]");
  name.textContent = event.target.files[0]?.name ?? name.dataset.none;
});

for (const [kind, isOver] of [["dragover", true], ["dragleave", false], ["drop", false]]) {
  document.addEventListener(kind, (event) => {
    const box = event.target.closest?.("[data-file]");
    if (!box) return;
    event.preventDefault();
    box.classList.toggle("is-over", isOver);
    if (kind !== "drop" || event.dataTransfer.files.length === 0) return;
    const field = box.querySelector("input");
    field.files = event.dataTransfer.files;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

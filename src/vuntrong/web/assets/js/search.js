// "/" goes to the one search box; on the phone the magnifier opens it over the title.
const box = () => document.querySelector(".vt-search input");
const isTyping = (element) => element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName);

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || !box()) return;
  event.preventDefault();
  box().focus();
  box().select();
});

document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-search]")) return;
  const bar = document.querySelector(".vt-top");
  bar.classList.toggle("is-searching");
  if (bar.classList.contains("is-searching")) box().focus();
});

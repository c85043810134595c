// dd/mm/yyyy is typed as text (the browser's own date field follows the computer's language); a calendar stands beside it.
import { found, onContent } from "./ready.js";

const two = (number) => String(number).padStart(2, "0");

function readable(text) {
  const parts = text.trim().match(/^(\d{1,2})[/. -](\d{1,2})[/. -](\d{4})$/) ?? text.trim().match(/^(\d{2})(\d{2})(\d{4})$/);
  return parts ? { day: two(parts[1]), month: two(parts[2]), year: parts[3] } : null;
}

function addCalendar(field) {
  if (field.parentElement.classList.contains("vt-date") || field.readOnly || field.disabled) return;
  const box = document.createElement("span");
  box.className = "vt-date";
  field.replaceWith(box);
  const picker = Object.assign(document.createElement("input"), { type: "date", tabIndex: -1 });
  picker.setAttribute("aria-hidden", "true");
  const button = Object.assign(document.createElement("button"), { type: "button", innerHTML: document.getElementById("calendar-glyph")?.innerHTML ?? "" });
  button.setAttribute("aria-label", field.dataset.date);
  box.append(field, button, picker);

  button.addEventListener("click", () => {
    const typed = readable(field.value);
    picker.value = typed ? `${typed.year}-${typed.month}-${typed.day}` : "";
    picker.showPicker();
  });
  picker.addEventListener("change", () => {
    field.value = picker.value.split("-").reverse().join("/");
    field.dispatchEvent(new Event("change", { bubbles: true }));
    field.focus();
  });
}

document.addEventListener("focusout", (event) => {
  const typed = event.target.matches?.("input[data-date]") && readable(event.target.value);
  if (typed) event.target.value = `${typed.day}/${typed.month}/${typed.year}`;
});

onContent((root) => found(root, "input[data-date]").forEach(addCalendar));

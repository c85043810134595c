// A long <select data-chooser> becomes a field with search that ignores case, marks and đ. The select stays: it is what is sent.
import { key } from "./keys.js";
import { found, onContent } from "./ready.js";

const SHOWN_AT_MOST = 60;

export class Chooser {
  constructor(select) {
    this.select = select;
    this.options = [...select.options].filter((option) => option.value).map((option) => ({ value: option.value, label: option.label, key: key(option.label) }));
    this.box = Object.assign(document.createElement("div"), { className: "vt-chooser" });
    this.list = Object.assign(document.createElement("div"), { className: "vt-chooser-list", id: `${select.id}-list`, hidden: true });
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", document.querySelector(`label[for="${select.id}"]`)?.textContent.trim() ?? "");
    this.field = this.makeField();
    this.at = -1;
    select.replaceWith(this.box);
    this.box.append(this.field, this.list, select);
    this.warn();
    this.listen();
  }

  /** What was chosen may need a word: a unit that has ended. It warns and forbids nothing. */
  warn() {
    const text = this.select.selectedOptions[0]?.dataset.warning ?? "";
    this.warning ??= Object.assign(document.createElement("div"), { className: "vt-warn" });
    this.warning.setAttribute("role", "status");
    this.warning.textContent = text;
    if (text) this.box.after(this.warning);
    else this.warning.remove();
  }

  makeField() {
    const { select } = this;
    const field = Object.assign(document.createElement("input"), { type: "text", className: "form-select", id: select.id, autocomplete: "off", value: this.chosenLabel(), required: select.required });
    for (const name of ["aria-describedby", "aria-invalid"]) if (select.hasAttribute(name)) field.setAttribute(name, select.getAttribute(name));
    for (const [name, value] of Object.entries({ role: "combobox", "aria-expanded": "false", "aria-autocomplete": "list", "aria-controls": `${select.id}-list` })) field.setAttribute(name, value);
    select.id = `${select.id}-value`;
    select.hidden = true;
    select.required = false;
    return field;
  }

  chosenLabel() {
    const option = this.select.selectedOptions[0];
    return option?.value ? option.label : "";
  }

  matches() {
    const words = key(this.field.value === this.chosenLabel() ? "" : this.field.value).split(/\s+/).filter(Boolean);
    return this.options.filter((option) => words.every((word) => option.key.includes(word)));
  }

  open() {
    const hits = this.matches();
    this.list.replaceChildren(...hits.slice(0, SHOWN_AT_MOST).map((option, index) => this.line(option, index)));
    if (hits.length === 0) this.list.append(Object.assign(document.createElement("div"), { className: "none", textContent: this.select.dataset.none }));
    this.list.hidden = false;
    this.field.setAttribute("aria-expanded", "true");
    this.mark(hits.length ? 0 : -1);
  }

  line(option, index) {
    const line = Object.assign(document.createElement("div"), { id: `${this.list.id}-${index}`, textContent: option.label });
    line.setAttribute("role", "option");
    line.dataset.value = option.value;
    return line;
  }

  mark(index) {
    const lines = [...this.list.querySelectorAll("[role=option]")];
    this.at = lines.length ? (index + lines.length) % lines.length : -1;
    lines.forEach((line, position) => line.setAttribute("aria-selected", String(position === this.at)));
    if (this.at < 0) return this.field.removeAttribute("aria-activedescendant");
    this.field.setAttribute("aria-activedescendant", lines[this.at].id);
    return lines[this.at].scrollIntoView({ block: "nearest" });
  }

  choose(value) {
    this.select.value = value;
    this.field.value = this.chosenLabel();
    this.close();
    this.warn();
    this.select.dispatchEvent(new Event("change", { bubbles: true }));
  }

  close() {
    this.list.hidden = true;
    this.field.setAttribute("aria-expanded", "false");
    this.field.removeAttribute("aria-activedescendant");
  }

  /** Text that is no option is not an answer: empty clears the choice, anything else returns to what was chosen. */
  leave() {
    if (this.field.value.trim() === "" && this.select.value) this.choose("");
    this.field.value = this.chosenLabel();
    this.close();
  }

  press(event) {
    const isOpen = !this.list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (isOpen) this.mark(this.at + (event.key === "ArrowDown" ? 1 : -1));
      else this.open();
    } else if (event.key === "Enter" && isOpen && this.at >= 0) {
      this.choose(this.list.querySelector("[aria-selected=true]").dataset.value);
    } else if (event.key === "Escape" && isOpen) {
      this.leave();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  listen() {
    this.field.addEventListener("focus", () => this.field.select());
    this.field.addEventListener("click", () => this.open());
    this.field.addEventListener("input", () => this.open());
    this.field.addEventListener("keydown", (event) => this.press(event));
    this.field.addEventListener("blur", () => this.leave());
    this.list.addEventListener("mousedown", (event) => {
      event.preventDefault();
      const line = event.target.closest("[role=option]");
      if (line) this.choose(line.dataset.value);
    });
  }
}

onContent((root) => found(root, "select[data-chooser]:not([hidden])").forEach((select) => new Chooser(select)));

// A <select multiple data-records> becomes a list of rows: a search adds one, its button takes it away. The select stays: it is what is sent.
import { Chooser } from "./chooser.js";
import { found, onContent } from "./ready.js";

class Records {
  constructor(select) {
    this.select = select;
    this.list = Object.assign(document.createElement("ul"), { className: "vt-records" });
    this.list.setAttribute("aria-live", "polite");
    const finder = this.makeFinder();
    select.replaceWith(finder, this.list);
    this.list.after(select);
    select.hidden = true;
    this.chooser = new Chooser(finder);
    this.all = this.chooser.options;
    finder.addEventListener("change", () => this.add(finder));
    this.draw();
  }

  /** One choice among what is not chosen yet; it takes the name that the label stands for. */
  makeFinder() {
    const { select } = this;
    const finder = Object.assign(document.createElement("select"), { id: select.id });
    for (const name of ["aria-describedby", "aria-invalid"]) if (select.hasAttribute(name)) finder.setAttribute(name, select.getAttribute(name));
    finder.dataset.none = select.dataset.none;
    finder.append(new Option("", ""), ...[...select.options].map((option) => new Option(option.label, option.value)));
    select.id = `${select.id}-chosen`;
    return finder;
  }

  add(finder) {
    if (!finder.value) return;
    this.optionOf(finder.value).selected = true;
    finder.value = "";
    this.chooser.field.value = "";
    this.changed();
  }

  remove(value) {
    this.optionOf(value).selected = false;
    this.changed();
    this.chooser.field.focus();
  }

  optionOf(value) {
    return [...this.select.options].find((option) => option.value === value);
  }

  changed() {
    this.draw();
    this.select.dispatchEvent(new Event("change", { bubbles: true }));
  }

  draw() {
    this.list.replaceChildren(...[...this.select.selectedOptions].map((option) => this.row(option)));
    this.list.hidden = this.select.selectedOptions.length === 0;
    this.chooser.options = this.all.filter((one) => !this.optionOf(one.value).selected);
  }

  row(option) {
    const row = document.createElement("li");
    const name = Object.assign(document.createElement("span"), { textContent: option.label });
    const button = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-sm", textContent: this.select.dataset.remove });
    button.setAttribute("aria-label", `${this.select.dataset.remove}: ${option.label}`);
    button.addEventListener("click", () => this.remove(option.value));
    row.append(name, button);
    return row;
  }
}

onContent((root) => found(root, "select[data-records]:not([hidden])").forEach((select) => new Records(select)));

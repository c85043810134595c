// The answer of a unit: people are named by typing. Arrows choose, Enter adds, Esc closes; somebody new is added in place.
const PAUSE = 120;

class Adder {
  constructor(entry) {
    this.entry = entry;
    this.form = entry.closest("[data-answer]");
    this.box = entry.querySelector("[data-adder]");
    this.field = entry.querySelector("[data-search]");
    this.list = entry.querySelector("[role=listbox]");
    this.hint = entry.querySelector("[data-hint]");
    this.usual = this.hint.textContent;
    this.at = -1;
    this.field.addEventListener("input", () => this.wait());
    this.field.addEventListener("keydown", (event) => this.press(event));
    this.field.addEventListener("blur", () => this.close());
    this.list.addEventListener("mousedown", (event) => {
      event.preventDefault();
      const line = event.target.closest("[role=option]");
      if (line) this.take(line);
    });
  }

  open() {
    this.box.hidden = false;
    this.field.focus();
  }

  wait() {
    clearTimeout(this.timer);
    this.hint.textContent = this.usual;
    this.timer = setTimeout(() => this.search(), PAUSE);
  }

  async search() {
    const typed = this.field.value.trim();
    this.asked?.abort();
    if (!typed) return this.close();
    this.asked = new AbortController();
    try {
      const answer = await fetch(`${this.form.dataset.peopleUrl}?q=${encodeURIComponent(typed)}`, { signal: this.asked.signal });
      if (!answer.ok || answer.redirected) return location.reload();
      return this.show(await answer.text());
    } catch (error) {
      if (error.name !== "AbortError") this.say(document.getElementById("request-failed")?.dataset.offline ?? "");
      return undefined;
    }
  }

  show(lines) {
    this.list.innerHTML = lines;
    this.lines().forEach((line, index) => { line.id = `${this.list.id}-${index}`; });
    this.list.hidden = false;
    this.field.setAttribute("aria-expanded", "true");
    this.mark(0);
  }

  lines() {
    return [...this.list.querySelectorAll("[role=option]")];
  }

  mark(index) {
    const lines = this.lines();
    this.at = lines.length ? (index + lines.length) % lines.length : -1;
    lines.forEach((line, place) => line.setAttribute("aria-selected", String(place === this.at)));
    if (this.at < 0) return;
    this.field.setAttribute("aria-activedescendant", lines[this.at].id);
    lines[this.at].scrollIntoView({ block: "nearest" });
  }

  press(event) {
    const isOpen = !this.list.hidden;
    if (event.key === "ArrowDown" && isOpen) this.mark(this.at + 1);
    else if (event.key === "ArrowUp" && isOpen) this.mark(this.at - 1);
    else if (event.key === "Enter") {
      if (isOpen && this.at >= 0) this.take(this.lines()[this.at]);
    } else if (event.key === "Escape" && isOpen) this.close();
    else if (event.key === "Escape") this.leave();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  take(line) {
    const { person } = line.dataset;
    if (person && this.entry.querySelector(`[name=row_person][value="${person}"]`)) return this.say(this.form.dataset.twice);
    const row = document.getElementById(person ? "known-row" : "new-row").content.firstElementChild.cloneNode(true);
    row.querySelector("[name=row_programme]").value = this.entry.dataset.entry;
    for (const name of ["person", "name", "born", "sex", "post"]) {
      const field = row.querySelector(`[name=row_${name}]`);
      if (field) field.setAttribute("value", line.dataset[name] ?? "");
      if (field && field.tagName !== "SELECT") field.value = line.dataset[name] ?? "";
    }
    for (const name of ["name", "about"]) {
      const place = row.querySelector(`[data-${name}]`);
      if (place) place.textContent = line.dataset[name];
    }
    this.entry.querySelector("[data-people]").append(row);
    this.field.value = "";
    this.close();
    if (!person) row.querySelector("[name=row_born]").focus();
    changed(this.form);
    return undefined;
  }

  say(sentence) {
    this.hint.textContent = sentence;
    this.close();
  }

  close() {
    this.list.hidden = true;
    this.field.setAttribute("aria-expanded", "false");
    this.field.removeAttribute("aria-activedescendant");
  }

  leave() {
    this.box.hidden = true;
    this.entry.querySelector("[data-add]").focus();
  }
}

const adders = new WeakMap();

function adderOf(entry) {
  if (!adders.has(entry)) adders.set(entry, new Adder(entry));
  return adders.get(entry);
}

/** A programme counts the greater of its names and its number. */
function changed(form) {
  form.dataset.dirty = "yes";
  let total = 0;
  for (const entry of form.querySelectorAll("[data-entry]")) {
    const number = Number.parseInt(entry.querySelector("[name^=number-]").value, 10) || 0;
    total += Math.max(number, entry.querySelectorAll("[data-people] > li").length);
  }
  form.querySelector("[data-total]").textContent = total.toLocaleString(document.documentElement.lang);
}

document.addEventListener("click", (event) => {
  const entry = event.target.closest("[data-answer] [data-entry]");
  if (!entry) return;
  if (event.target.closest("[data-add]")) adderOf(entry).open();
  if (event.target.closest("[data-remove]")) {
    const row = event.target.closest("li");
    const next = row.nextElementSibling?.querySelector("[data-remove]") ?? entry.querySelector("[data-add]");
    row.remove();
    next.focus();
    changed(entry.closest("[data-answer]"));
  }
});

document.addEventListener("input", (event) => {
  const form = event.target.closest("[data-answer]");
  if (form && !event.target.matches("[data-search]")) changed(form);
});

// Enter goes on to the next field instead of sending; from the last field of a new person back to the search.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.defaultPrevented || !event.target.matches("[data-answer] input, [data-answer] select")) return;
  event.preventDefault();
  const person = event.target.closest(".sv-newcomer");
  if (!person) return;
  const fields = [...person.querySelectorAll("input, select")];
  const next = fields[fields.indexOf(event.target) + 1];
  if (next) next.focus();
  else adderOf(event.target.closest("[data-entry]")).open();
});

document.addEventListener("submit", (event) => {
  delete event.target.dataset.dirty;
});

addEventListener("beforeunload", (event) => {
  if (document.querySelector("form[data-answer][data-dirty]")) event.preventDefault();
});

// The navigation as a drawer on the phone. Without this script the burger is a link to #nav, which opens it too.
const nav = () => document.getElementById("nav");

function close({ returnFocus = false } = {}) {
  nav().classList.remove("is-open");
  document.querySelector(".vt-shade")?.remove();
  const burger = document.querySelector("[data-drawer]");
  burger.setAttribute("aria-expanded", "false");
  if (returnFocus) burger.focus();
}

function open() {
  nav().classList.add("is-open");
  const shade = document.createElement("div");
  shade.className = "vt-shade";
  shade.addEventListener("click", () => close());
  document.body.append(shade);
  document.querySelector("[data-drawer]").setAttribute("aria-expanded", "true");
  nav().querySelector("a, button, summary").focus();
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-drawer]")) {
    event.preventDefault();
    open();
  } else if (event.target.closest("[data-drawer-close]")) {
    event.preventDefault();
    close({ returnFocus: true });
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && nav()?.classList.contains("is-open")) close({ returnFocus: true });
});

// A double click sends once: after the first submit the buttons of the form are busy until the page leaves or the answer arrives.
const buttonsOf = (form) => [...form.elements].filter((element) => element.type === "submit" || element.type === "image");

function release(form) {
  delete form.dataset.sent;
  for (const button of buttonsOf(form)) button.removeAttribute("aria-busy");
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  if (form.dataset.sent) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  form.dataset.sent = "yes";
  for (const button of buttonsOf(form)) button.setAttribute("aria-busy", "true");
  // A file that is sent back leaves the page where it is, so the form must not stay locked for ever.
  if ("download" in form.dataset) setTimeout(() => release(form), 3000);
}, true);

document.addEventListener("htmx:afterRequest", (event) => {
  if (event.target instanceof HTMLFormElement) release(event.target);
});

// Coming back by the browser's button shows the page as it was left: with locked forms, if nobody unlocked them.
addEventListener("pageshow", (event) => {
  if (event.persisted) for (const form of document.querySelectorAll("form[data-sent]")) release(form);
});

// A button that is not usable yet keeps its focus (its reason is read out), but does nothing.
document.addEventListener("click", (event) => {
  if (event.target.closest('[aria-disabled="true"]')) {
    event.preventDefault();
    event.stopImmediatePropagation();
  }
}, true);

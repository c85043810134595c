// htmx: addresses without empty parts, the CSRF token with every change, and a sentence when the server does not answer.
document.addEventListener("htmx:configRequest", (event) => {
  const { detail } = event;
  if (detail.verb === "get") {
    for (const [name, value] of [...detail.formData.entries()]) if (value === "") detail.formData.delete(name);
  } else {
    detail.headers["X-CSRFToken"] = document.querySelector("meta[name=csrf]")?.content ?? "";
  }
});

// An address typed by a form without htmx should not carry empty parts either.
document.addEventListener("formdata", (event) => {
  if (event.target.method !== "get") return;
  for (const [name, value] of [...event.formData.entries()]) if (value === "") event.formData.delete(name);
});

function say(sentence) {
  const note = document.getElementById("request-failed");
  if (!note) return;
  note.querySelector("[data-text]").textContent = sentence;
  note.hidden = false;
}

for (const name of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(name, () => say(document.getElementById("request-failed")?.dataset.offline ?? ""));
}
document.addEventListener("htmx:responseError", (event) => {
  const words = document.getElementById("request-failed")?.dataset;
  say((event.detail.xhr.status === 403 ? words?.refused : words?.broken) ?? "");
});
// A session that ended sends to the sign-in page, which must not land inside a fragment: load the page, which asks to sign in.
document.addEventListener("htmx:beforeOnLoad", (event) => {
  const signIn = document.querySelector("meta[name=sign-in]")?.content;
  const { responseURL } = event.detail.xhr;
  if (!signIn || !responseURL || new URL(responseURL).pathname !== signIn || location.pathname === signIn) return;
  event.preventDefault();
  location.reload();
});
document.addEventListener("htmx:beforeRequest", () => document.getElementById("request-failed")?.setAttribute("hidden", ""));

/** Run `enhance` on what is in the page now and on every fragment that htmx brings later. */
export function onContent(enhance) {
  const start = () => enhance(document);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
  document.addEventListener("htmx:load", (event) => enhance(event.detail.elt));
}

/** All matches inside `root`, and `root` itself when it matches. */
export function found(root, selector) {
  const inside = [...root.querySelectorAll(selector)];
  return root instanceof Element && root.matches(selector) ? [root, ...inside] : inside;
}

// Tabler is 640 KB of rules; we use its reset, buttons and form controls. What is kept is named here, the rest never leaves the server.
import postcss from "postcss";

const CLASSES = new Set([
  "btn", "btn-primary", "btn-sm", "btn-icon", "disabled",
  "form-label", "form-control", "form-control-sm", "form-select", "form-select-sm", "form-check", "form-check-input",
  "form-check-label", "input-group", "input-group-text",
  "visually-hidden", "visually-hidden-focusable",
]);
const ROOT = /^(:root|:host|\[data-bs-theme=light\]|\[data-theme=light\])$/;
/** States and relatives that only other Tabler components put around ours. */
const FOREIGN = /\.was-validated|\.is-valid|\.is-invalid|\.btn-check|\.btn-group|\[data-bs-theme|\[data-theme=dark|\.theme-|\.dropdown|\.input-icon/;

function keeps(selector) {
  if (ROOT.test(selector)) return true;
  if (FOREIGN.test(selector) || /\[data-vc|scrollbar|^\[dir=|\[type=range/.test(selector)) return false;
  const classes = [...selector.matchAll(/\.(-?[a-zA-Z_][\w-]*)/g)].map(([, name]) => name);
  return classes.every((name) => CLASSES.has(name));
}

function dropOtherRules(root) {
  root.walkAtRules((rule) => {
    if (/keyframes$/.test(rule.name) || rule.name === "charset" || (rule.name === "media" && rule.params.includes("print"))) rule.remove();
  });
  root.walkRules((rule) => {
    rule.selectors = rule.selectors.filter(keeps);
    if (rule.selectors.length === 0 || rule.selector === "") rule.remove();
  });
  root.walkComments((comment) => comment.remove());
  root.walkAtRules("media", (rule) => { if (rule.nodes.length === 0) rule.remove(); });
}

/** Drop custom properties that no kept rule reads, again and again until nothing more falls away. */
function dropUnreadProperties(root) {
  for (let before = -1, after = 0; before !== after; ) {
    before = after;
    const read = new Set();
    root.walkDecls((decl) => { for (const [, name] of decl.value.matchAll(/var\((--[\w-]+)/g)) read.add(name); });
    root.walkDecls(/^--tblr-/, (decl) => { if (!read.has(decl.prop)) { decl.remove(); after = before + 1; } });
  }
  root.walkRules((rule) => { if (rule.nodes.length === 0) rule.remove(); });
}

export function tablerSubset(css) {
  const root = postcss.parse(css);
  dropOtherRules(root);
  dropUnreadProperties(root);
  return root.toString();
}

// The icon sprite: one <symbol> for each name. A template says {% icon "check" %}; a name that is missing here fails a test.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

export const ICONS = [
  "adjustments-horizontal", "affiliate", "alert-triangle", "archive", "arrow-back-up", "arrow-left", "arrow-right",
  "arrows-exchange", "arrows-sort", "ban", "bell", "books", "building", "building-bank", "building-community", "bulb",
  "calendar", "calendar-due", "calendar-event", "calendar-plus", "calendar-week", "certificate", "chart-bar", "check",
  "checklist", "checks", "chevron-down", "chevron-left", "chevron-right", "chevron-up", "circle-check", "circle-dashed",
  "circle-half-2", "circle-x", "clipboard-check", "clipboard-list", "clipboard-plus", "clock", "cloud-check", "coins",
  "columns-3", "copy", "device-desktop", "device-floppy", "dots", "download", "edit", "external-link", "eye", "eye-off",
  "file-certificate", "file-description", "file-import", "file-spreadsheet", "file-text", "file-type-docx",
  "file-type-pdf", "filter", "flag", "folder", "gavel", "git-merge", "hash", "help", "history", "hourglass", "id",
  "inbox", "info-circle", "key", "keyboard", "language", "layout-grid", "link", "list-check", "list-details", "lock",
  "lock-open", "login", "logout", "mail", "map-pin", "menu-2", "message", "minus", "moon", "paperclip", "pencil", "pin",
  "player-play", "plus", "printer", "progress", "qrcode", "refresh", "rosette-discount-check", "rubber-stamp", "scale",
  "school", "search", "seedling", "selector", "send", "settings", "shield-check", "shield-lock", "sitemap", "star",
  "sun-high", "sunset-2", "table", "table-export", "table-import", "tag", "trash", "upload", "user", "user-check",
  "user-circle", "user-plus", "user-x", "users", "users-group", "wand", "wifi-off", "writing", "x", "zoom-in",
];

async function symbol(name) {
  const svg = await readFile(require.resolve(`@tabler/icons/outline/${name}.svg`), "utf8");
  const shapes = [...svg.matchAll(/<(?:path|circle|rect|line|polyline|ellipse)[^>]*\/>/g)].map(([shape]) => shape);
  const drawn = shapes.filter((shape) => !shape.includes('stroke="none" d="M0 0h24v24H0z"'));
  return `<symbol id="${name}" viewBox="0 0 24 24">${drawn.join("")}</symbol>`;
}

export async function sprite() {
  const symbols = await Promise.all(ICONS.map(symbol));
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`;
}

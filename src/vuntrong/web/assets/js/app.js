// Everything that every page needs. Each module listens on the document, so that fragments brought by htmx work without a second start.
import "./menus.js";
import "./drawer.js";
import "./search.js";
import "./dialogs.js";
import "./submit-once.js";
import "./why.js";
import "./tables.js";
import "./bulk.js";
import "./grid.js";
import "./grid-fill.js";
import "./dates.js";
import "./chooser.js";
import "./records.js";
import "./ticks.js";
import "./answer.js";
import "./files.js";
import "./requests.js";

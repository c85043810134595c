// Draws every <figure data-chart> from the table beside it, so that both can never differ. A bundle of its own: only pages with a chart load it.
import { BarController, BarElement, CategoryScale, Chart, Legend, LinearScale, LineController, LineElement, PointElement, Tooltip } from "chart.js";

import { found, onContent } from "./ready.js";

Chart.register(BarController, BarElement, CategoryScale, Legend, LinearScale, LineController, LineElement, PointElement, Tooltip);

const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const spoken = (value) => new Intl.NumberFormat(document.documentElement.lang).format(value);
const FILLS = ["--vt-accent", "--vt-cat-3", "--vt-cat-2", "--vt-cat-4"];

function bar(label, values, index, stacked) {
  return { type: "bar", label, data: values, backgroundColor: token(FILLS[index % FILLS.length]), borderRadius: stacked ? 0 : 3, maxBarThickness: 26, order: 2 };
}

function line(label, values) {
  return { type: "line", label, data: values, borderColor: token("--vt-ink-2"), borderWidth: 1.5, borderDash: [4, 3], pointRadius: 2.5, pointBackgroundColor: token("--vt-surface"), pointBorderColor: token("--vt-ink-2"), order: 1 };
}

/** Read the table: head cells with data-kind are the series, body cells carry the plain number in data-value. */
function series(table, stacked) {
  const heads = [...table.tHead.rows[0].cells];
  const rows = [...table.tBodies[0].rows];
  const labels = rows.map((row) => row.cells[0].textContent.trim());
  const kinds = heads.map((head) => head.dataset.kind);
  let bars = 0;
  const datasets = heads.flatMap((head, column) => {
    if (!kinds[column]) return [];
    const values = rows.map((row) => (row.cells[column].dataset.value === "" ? null : Number(row.cells[column].dataset.value)));
    const label = head.textContent.trim();
    return [kinds[column] === "line" ? line(label, values) : bar(label, values, bars++, stacked)];
  });
  return { labels, datasets };
}

function options(lying, stacked) {
  const font = { family: token("--vt-font").replaceAll('"', ""), size: 12 };
  const names = { stacked, grid: { display: false }, border: { color: token("--vt-line-2") }, ticks: { color: token("--vt-ink-3"), font, maxRotation: 0, autoSkip: !lying } };
  const numbers = { stacked, beginAtZero: true, border: { display: false }, grid: { color: token("--vt-line") }, ticks: { color: token("--vt-ink-3"), font, precision: 0, maxTicksLimit: 6, callback: spoken } };
  return {
    animation: false,
    maintainAspectRatio: false,
    indexAxis: lying ? "y" : "x",
    scales: lying ? { x: numbers, y: names } : { x: names, y: numbers },
    plugins: { legend: { display: false }, tooltip: { bodyFont: font, titleFont: font, callbacks: { label: (item) => ` ${item.dataset.label}: ${spoken(item.raw)}` } } },
  };
}

function draw(figure) {
  const canvas = figure.querySelector("canvas");
  const lying = figure.dataset.chart === "lying";
  const stacked = figure.dataset.chart === "stacked";
  Chart.getChart(canvas)?.destroy();
  new Chart(canvas, { data: series(figure.querySelector("table"), stacked), options: options(lying, stacked) });
}

const drawAll = (root) => found(root, "[data-chart]").forEach(draw);
document.fonts.ready.then(() => onContent(drawAll));
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => drawAll(document));

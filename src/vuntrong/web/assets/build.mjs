// Makes everything that a browser loads: src/vuntrong/web/static/build/. Run by `npm run build`, which dev.py calls.
import { build } from "esbuild";
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

import { figureFont, PAPER_FONTS, screenFont, WEIGHTS } from "./fonts.mjs";
import { sprite } from "./icons.mjs";
import { tablerSubset } from "./tabler.mjs";

const require = createRequire(import.meta.url);
const ASSETS = path.dirname(fileURLToPath(import.meta.url));
const OUT = path.resolve(ASSETS, "../static/build");
const PAPER = path.resolve(ASSETS, "../../documents/fonts");

/** The style sheet says `@import "tabler"`; this hands it the few Tabler rules that we use. */
const tabler = {
  name: "tabler-subset",
  setup(bundler) {
    bundler.onResolve({ filter: /^tabler$/ }, () => ({ path: "tabler", namespace: "tabler" }));
    bundler.onLoad({ filter: /.*/, namespace: "tabler" }, async () => ({
      contents: tablerSubset(await readFile(require.resolve("@tabler/core/dist/css/tabler.css"), "utf8")),
      loader: "css",
    }));
  },
};

async function bundle() {
  await build({
    entryPoints: { app: `${ASSETS}/js/app.js`, chart: `${ASSETS}/js/chart.js`, style: `${ASSETS}/css/app.css` },
    outdir: OUT,
    bundle: true,
    minify: true,
    format: "iife",
    target: ["chrome112", "firefox115", "safari16"],
    external: ["./fonts/*"],
    legalComments: "none",
    plugins: [tabler],
    logLevel: "warning",
  });
}

async function fonts() {
  await mkdir(`${OUT}/fonts`, { recursive: true });
  for (const weight of WEIGHTS) {
    await writeFile(`${OUT}/fonts/text-${weight}.woff2`, await screenFont(weight));
    await writeFile(`${OUT}/fonts/figures-${weight}.woff2`, await figureFont(weight));
  }
  await mkdir(PAPER, { recursive: true });
  for (const file of PAPER_FONTS) {
    await cp(require.resolve(`@expo-google-fonts/tinos/${file}`), `${PAPER}/${path.basename(file)}`);
  }
}

/** Print what a first visit costs, so that a heavy addition is seen on the day it is made. */
async function weigh() {
  const files = ["style.css", "app.js", "chart.js", "icons.svg", ...WEIGHTS.flatMap((w) => [`fonts/text-${w}.woff2`, `fonts/figures-${w}.woff2`])];
  for (const file of files) {
    const bytes = await readFile(`${OUT}/${file}`);
    const sent = file.endsWith(".woff2") ? bytes.length : gzipSync(bytes, { level: 9 }).length;
    console.log(`${file.padEnd(24)} ${(sent / 1024).toFixed(1).padStart(7)} KB`);
  }
}

await rm(OUT, { recursive: true, force: true });
await mkdir(OUT, { recursive: true });
await Promise.all([bundle(), fonts(), sprite().then((svg) => writeFile(`${OUT}/icons.svg`, svg))]);
await weigh();

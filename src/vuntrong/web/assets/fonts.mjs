// Fonts for the screen (cut down to what Vietnamese needs) and for paper (whole).
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

import subsetFont from "subset-font";

const require = createRequire(import.meta.url);
const FILES = { 400: "400Regular", 500: "500Medium", 600: "600SemiBold" };

export const WEIGHTS = [400, 500, 600];
export const PAPER_FONTS = ["400Regular", "400Regular_Italic", "700Bold", "700Bold_Italic"].map((style) => `${style}/Tinos_${style}.ttf`);

const between = (first, last) => String.fromCodePoint(...Array.from({ length: last - first + 1 }, (_, step) => first + step));
const VIETNAMESE = "ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúýĂăĐđĨĩŨũƠơƯư" + between(0x1ea0, 0x1ef9);
const MARKS = "\u0300\u0301\u0303\u0309\u0323";
const SIGNS = "–—‘’“”…•·°×§«»€→←↑↓−₫²³\u00a0\u2009\u202f";
const FIGURES = "0123456789+,-.%−";

/** Be Vietnam Pro: ASCII, the Vietnamese letters and the signs of our sentences. Anything rarer falls back to the system's font. */
export async function screenFont(weight) {
  const whole = await readFile(require.resolve(`@expo-google-fonts/be-vietnam-pro/${FILES[weight]}/BeVietnamPro_${FILES[weight]}.ttf`));
  return subsetFont(whole, between(0x20, 0x7e) + VIETNAMESE + MARKS + SIGNS, { targetFormat: "woff2", noLayoutClosure: true });
}

/** Inter's figures: Be Vietnam Pro has none of equal width, so its columns of numbers would not line up. */
export async function figureFont(weight) {
  const whole = await readFile(require.resolve(`@fontsource/inter/files/inter-latin-${weight}-normal.woff2`));
  return subsetFont(whole, FIGURES, { targetFormat: "woff2", keepFeatures: ["tnum", "kern"] });
}

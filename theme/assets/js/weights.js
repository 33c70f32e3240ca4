// @ts-check
/* The reader's choice of weights: as an address keeps it, and as a tree to score with. No element of a page is known
   here. */
import { leaves } from "./score.js";

/** @typedef {import("./score.js").Part} Part @typedef {import("./score.js").Aggregation} Aggregation */
/** Percent by part, for those that differ from the published ones; 0 leaves a part out.
 * @typedef {{ weights: Map<string, number>, mean: Aggregation | null, least: number | null }} Choice */

const MEANS = ["geometric", "arithmetic"];
/** @param {Part} part @returns {Part[]} */
const parts = (part) => [...(part.children ?? []).flatMap((child) => [child, ...parts(child)])];

/** What an address asks for; whatever is no part of the index, or no number, is left out.
 * @param {URLSearchParams} address @param {Part} tree @returns {Choice} */
export function fromAddress(address, tree) {
  const only = address.get("only");
  /** @type {Map<string, number>} */
  const weights = new Map();
  const dimensions = (tree.children ?? []).map((child) => child.id);
  if (only && dimensions.includes(only)) for (const id of dimensions) weights.set(id, id === only ? 100 : 0);
  for (const part of parts(tree)) {
    const asked = address.get(part.id);
    if (asked !== null && /^\d{1,3}$/.test(asked) && +asked <= 100) weights.set(part.id, +asked);
  }
  const mean = address.get("mean"), least = address.get("least");
  return {
    weights,
    mean: mean !== null && MEANS.includes(mean) ? /** @type {Aggregation} */ (mean) : null,
    least: least !== null && /^\d{1,3}$/.test(least) && +least <= 100 ? +least : null,
  };
}

/** The address of a choice. @param {Choice} choice */
export function toAddress(choice) {
  const address = new URLSearchParams();
  for (const [id, percent] of choice.weights) address.set(id, String(percent));
  if (choice.mean) address.set("mean", choice.mean);
  if (choice.least !== null) address.set("least", String(choice.least));
  return address;
}

/** The tree with the reader's weights in place of the published ones. @param {Part} tree @param {Choice} choice
 * @returns {Part} */
export function weighed(tree, choice) {
  /** @param {Part} part @returns {Part} */
  const turn = (part) => ({
    ...part,
    weight: choice.weights.has(part.id) ? Number(choice.weights.get(part.id)) / 100 : part.weight,
    ...(part.children ? { children: part.children.map(turn) } : {}),
  });
  const turned = turn({ ...tree, weight: 1 });
  return choice.mean ? { ...turned, aggregation: choice.mean } : turned;
}

/** Weights that put one dimension first: half of all for it, the others share the rest as published.
 * @param {Part} tree @param {string} first @returns {Map<string, number>} */
export function mostly(tree, first) {
  const children = tree.children ?? [];
  const rest = children.reduce((sum, child) => sum + (child.id === first ? 0 : child.weight), 0);
  return new Map(children.map((child) => [child.id, child.id === first ? 50 : Math.round((50 * child.weight) / rest)]));
}

/** Weights that are all the same, of dimensions and of the indicators within each.
 * @param {Part} tree @returns {Map<string, number>} */
export function equal(tree) {
  const even = (/** @type {Part[]} */ siblings) => siblings.map((part) => [part.id, Math.round(100 / siblings.length)]);
  const all = [tree, ...parts(tree)].filter((part) => part.children);
  return new Map(/** @type {[string, number][]} */ (all.flatMap((part) => even(part.children ?? []))));
}

/** The share of the whole that each part weighs among its siblings, 0 to 1. @param {Part} tree
 * @returns {Map<string, number>} */
export function shares(tree) {
  /** @type {Map<string, number>} */
  const found = new Map();
  for (const part of [tree, ...parts(tree)]) {
    const total = (part.children ?? []).reduce((sum, child) => sum + child.weight, 0);
    for (const child of part.children ?? []) found.set(child.id, total > 0 ? child.weight / total : 0);
  }
  return found;
}

/** A column as it was packed. @param {{ values: number[], at?: number[] }} coded @param {number} size */
export function unpacked(coded, size) {
  const column = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    const at = coded.at ? coded.at[i] : 0;
    column[i] = at < 0 ? NaN : (coded.values[at] ?? NaN);
  }
  return column;
}

/** Every column that scoring needs. @param {any} data as of `scores.json` */
export function columns(data) {
  const size = data.id.length;
  /** @param {(coded: any) => any} pick */
  const each = (pick) => Object.fromEntries(leaves(data.tree).map(({ id }) => [id, unpacked(pick(data.indicators[id]), size)]));
  const applies = each((one) => one.applies), counts = each((one) => one.counts);
  const holds = Object.fromEntries(Object.keys(applies).map((id) => [id, applies[id].map((x, i) => x * counts[id][i])]));
  return { scores: each((one) => one), errors: each((one) => one.errors), applies, holds };
}

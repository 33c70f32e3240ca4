// @ts-check
/* Weighted means up the tree, their errors and positions: what scoring/method does, for weights of the reader's own.
   Unknown is NaN and leaves; its weight is shared out among the others. tests/vectors/score.json holds both to the same
   numbers. No element of a page is known here. */

/** @typedef {"arithmetic" | "geometric" | "harmonic"} Aggregation */
/** @typedef {{ id: string, weight: number, aggregation?: Aggregation, children?: Part[] }} Part */
/** @typedef {Record<string, Float64Array>} Columns by indicator or node, one number for each agency */

const INTO = { arithmetic: (/** @type {number} */ x) => x, geometric: Math.log, harmonic: (/** @type {number} */ x) => 1 / x };
const OUT = { arithmetic: (/** @type {number} */ x) => x, geometric: Math.exp, harmonic: (/** @type {number} */ x) => 1 / x };
const POWER = { arithmetic: 0, geometric: 1, harmonic: 2 };

/** What an indicator weighs for an agency; a node always weighs all of its weight.
 * @param {Part} child @param {Columns} holds @param {number} at */
const weighed = (child, holds, at) => child.children ? child.weight : child.weight * holds[child.id][at];

/** Means of a part and of everything beneath it, by id. @param {Part} part @param {Columns} scores of the indicators
 * @param {Columns} holds how much of an indicator's weight may count @param {Aggregation} [how] instead of each node's own
 * @returns {Columns} */
export function means(part, scores, holds, how) {
  if (!part.children) return { [part.id]: scores[part.id] };
  /** @type {Columns} */
  const found = Object.assign({}, ...part.children.map((child) => means(child, scores, holds, how)));
  const kind = how ?? part.aggregation ?? "arithmetic";
  const size = found[part.children[0].id].length;
  const mean = new Float64Array(size);
  for (let at = 0; at < size; at++) {
    let sum = 0, weight = 0;
    for (const child of part.children) {
      const x = found[child.id][at], w = weighed(child, holds, at);
      if (Number.isNaN(x) || !(w > 0)) continue;
      sum += w * INTO[kind](x);
      weight += w;
    }
    mean[at] = weight > 0 ? OUT[kind](sum / weight) : NaN;
  }
  return { ...found, [part.id]: mean };
}

/** Standard errors of those means, from the indicators' (delta method). @param {Part} part @param {Columns} mean
 * @param {Columns} errors @param {Columns} holds @param {Aggregation} [how] @returns {Columns} */
export function carriedErrors(part, mean, errors, holds, how) {
  if (!part.children) return { [part.id]: errors[part.id] };
  /** @type {Columns} */
  const found = Object.assign({}, ...part.children.map((child) => carriedErrors(child, mean, errors, holds, how)));
  const power = POWER[how ?? part.aggregation ?? "arithmetic"];
  const own = mean[part.id];
  const error = new Float64Array(own.length);
  for (let at = 0; at < own.length; at++) {
    let variance = 0, weight = 0;
    for (const child of part.children) {
      const x = mean[child.id][at], w = weighed(child, holds, at);
      if (Number.isNaN(x) || !(w > 0)) continue;
      variance += (w * (own[at] / x) ** power * found[child.id][at]) ** 2;
      weight += w;
    }
    error[at] = weight > 0 ? Math.sqrt(variance) / weight : NaN;
  }
  return { ...found, [part.id]: error };
}

/** The share of the applicable weight that was observed, 0 to 1, at a part. @param {Part} part @param {Columns} scores
 * @param {Columns} holds how much may count of what applies @param {Columns} applies 1 or 0 @returns {Float64Array} */
export function coverage(part, scores, holds, applies) {
  const ids = leaves(part).map((leaf) => leaf.id);
  /** @type {Columns} */
  const seen = {};
  for (const id of ids) seen[id] = scores[id].map((x, at) => (Number.isNaN(x) ? 0 : holds[id][at]));
  return means(part, seen, applies, "arithmetic")[part.id].map((x) => (Number.isNaN(x) ? 0 : x));
}

/** @param {Part} part @returns {Part[]} the indicators beneath a part, in order */
export function leaves(part) {
  return part.children ? part.children.flatMap(leaves) : [part];
}

/** Positions of scores, 1 for the highest; equal scores share one, and NaN has none (0). What agrees in twelve digits is
 * equal: the rest is noise of floating point. @param {Float64Array} scores @returns {Int32Array} */
export function positions(scores) {
  const size = scores.reduce((most, x) => Math.max(most, Number.isNaN(x) ? 0 : Math.abs(x)), 0) || 1;
  const rounded = scores.map((x) => Math.round((x / size) * 1e12));
  const order = [...rounded.keys()].filter((at) => !Number.isNaN(rounded[at])).sort((a, b) => rounded[b] - rounded[a]);
  const found = new Int32Array(scores.length);
  order.forEach((at, place) => {
    const above = order[place - 1];
    found[at] = place && rounded[above] === rounded[at] ? found[above] : place + 1;
  });
  return found;
}

/** The score of a league's part with some indicators after their step. @param {any} trial @param {string[]} steps */
export function stepped(trial, steps) {
  const column = (/** @type {(id: string) => number | undefined} */ pick, /** @type {number} */ missing) =>
    Object.fromEntries(leaves(trial.tree).map(({ id }) => [id, Float64Array.of(pick(id) ?? missing)]));
  const scores = column((id) => (steps.includes(id) ? trial.after[id] : trial.now[id]), NaN);
  return means(trial.tree, scores, column((id) => trial.holds[id], 1))[trial.tree.id][0];
}

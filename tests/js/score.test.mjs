// @ts-check
/* The browser's arithmetic against the engine's, to 1e-9 of a point. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { carriedErrors, coverage, means, positions } from "../../theme/assets/js/score.js";

const cases = JSON.parse(readFileSync(new URL("../vectors/score.json", import.meta.url), "utf8"));
/** @param {(number | null)[]} list */
const column = (list) => Float64Array.from(list, (x) => x ?? NaN);
/** @param {Record<string, (number | null)[]>} lists */
const columns = (lists) => Object.fromEntries(Object.entries(lists).map(([id, list]) => [id, column(list)]));

/** @param {Float64Array} found @param {(number | null)[]} wanted @param {string} what */
function near(found, wanted, what) {
  assert.equal(found.length, wanted.length, what);
  wanted.forEach((x, at) => {
    if (x === null) assert.ok(Number.isNaN(found[at]), `${what}[${at}]`);
    else assert.ok(Math.abs(found[at] - x) <= 1e-9, `${what}[${at}]: ${found[at]} is not ${x}`);
  });
}

cases.forEach((/** @type {any} */ one, /** @type {number} */ number) => {
  test(`case ${number}`, () => {
    const [scores, holds, applies, errors] = [one.scores, one.holds, one.applies, one.errors].map(columns);
    const found = means(one.tree, scores, holds);
    for (const id of Object.keys(one.means)) near(found[id], one.means[id], id);
    const carried = carriedErrors(one.tree, found, errors, holds);
    for (const id of Object.keys(one.carried)) near(carried[id], one.carried[id], `error of ${id}`);
    near(coverage(one.tree, scores, holds, applies), one.coverage, "coverage");
    assert.deepEqual([...positions(found.index)], one.positions);
  });
});

// @ts-check
/* From evidence to scores in the browser against the engine, to 1e-9 of a point. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { observed, scored } from "../../theme/assets/js/observe.js";

const { book, cases } = JSON.parse(readFileSync(new URL("../vectors/observe.json", import.meta.url), "utf8"));

/** @param {Record<string, number | null>} wanted @param {Record<string, number>} found @param {string} what */
function near(wanted, found, what) {
  for (const [id, value] of Object.entries(wanted)) {
    const mine = found[id] ?? NaN;
    if (value === null) assert.ok(Number.isNaN(mine), `${what} ${id}: ${mine} where nothing is known`);
    else assert.ok(Math.abs(mine - value) <= 1e-9, `${what} ${id}: ${mine} is not ${value}`);
  }
}

cases.forEach((/** @type {any} */ one, /** @type {number} */ number) => {
  test(`case ${number}`, () => {
    const rows = observed(one.items, book, one.enquired);
    assert.deepEqual(Object.keys(rows).sort(), Object.keys(one.values).sort());
    near(one.values, Object.fromEntries(Object.entries(rows).map(([id, row]) => [id, row.value])), "value of");
    near(one.scores, scored(rows, book), "score of");
  });
});

// @ts-check
/* The reader's weights: kept by an address, and put into the tree. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { stepped } from "../../theme/assets/js/score.js";
import { columns, equal, fromAddress, mostly, shares, toAddress, unpacked, weighed } from "../../theme/assets/js/weights.js";

/** @type {import("../../theme/assets/js/score.js").Part} */
const tree = {
  id: "index", weight: 1, aggregation: "geometric", children: [
    { id: "answers", weight: 0.2, aggregation: "arithmetic", children: [{ id: "rate", weight: 0.6 }, { id: "time", weight: 0.4 }] },
    { id: "facts", weight: 0.8, aggregation: "arithmetic", children: [{ id: "checked", weight: 1 }] },
  ],
};

test("an address keeps a choice", () => {
  const choice = fromAddress(new URLSearchParams("answers=50&time=0&mean=arithmetic&least=30"), tree);
  assert.deepEqual([...choice.weights], [["answers", 50], ["time", 0]]);
  assert.equal(toAddress(choice).toString(), "answers=50&time=0&mean=arithmetic&least=30");
});
test("what is no choice is left out", () => {
  const choice = fromAddress(new URLSearchParams("answers=1e9&facts=-1&rate=101&index=3&mean=max&least=x&only=nobody"), tree);
  assert.deepEqual(choice, { weights: new Map(), mean: null, least: null });
});
test("only one dimension", () => {
  assert.deepEqual([...fromAddress(new URLSearchParams("only=facts"), tree).weights], [["answers", 0], ["facts", 100]]);
});
test("untouched weights are the published ones, to the last digit", () => {
  const same = weighed(tree, { weights: new Map(), mean: null, least: null });
  assert.deepEqual(same, tree);
  const turned = weighed(tree, { weights: new Map([["answers", 50]]), mean: "arithmetic", least: null });
  assert.equal(turned.aggregation, "arithmetic");
  assert.equal(turned.children?.[0].weight, 0.5);
  assert.equal(turned.children?.[0].children?.[0].weight, 0.6);
});
test("presets", () => {
  assert.deepEqual([...mostly(tree, "answers")], [["answers", 50], ["facts", 50]]);
  assert.deepEqual([...equal(tree)], [["answers", 50], ["facts", 50], ["rate", 50], ["time", 50], ["checked", 100]]);
  assert.equal(shares(tree).get("rate"), 0.6);
});
test("columns come back as they were packed", () => {
  assert.deepEqual([...unpacked({ values: [1] }, 3)], [1, 1, 1]);
  const packed = unpacked({ values: [2.5, 70], at: [1, -1, 0] }, 3);
  assert.equal(packed[0], 70);
  assert.ok(Number.isNaN(packed[1]));
  const one = { values: [50], errors: { values: [1] }, applies: { values: [1] }, counts: { values: [0.5] } };
  const made = columns({ id: ["x"], tree, indicators: { rate: one, time: one, checked: one } });
  assert.deepEqual([made.scores.rate[0], made.holds.rate[0]], [50, 0.5]);
});
test("steps that are tried together", () => {
  const trial = { tree: tree.children?.[0], now: { rate: 40, time: 50 }, after: { rate: 60, time: 80 }, holds: {} };
  assert.equal(stepped(trial, []), 44);
  assert.equal(stepped(trial, ["rate"]), 56);
  assert.ok(Math.abs(stepped(trial, ["rate", "time"]) - 68) < 1e-12);
  assert.equal(stepped({ ...trial, now: { rate: 40 } }, []), 40); // nobody observed the other
});

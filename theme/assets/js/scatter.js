// @ts-check
/**
 * The chart of two dimensions: other pairs than the page came with, and a way through its points by keyboard.
 *
 * The page is complete without it. What it draws has the measures of scoring/render/scatter.py, which draws the first
 * pair; names come from strangers and are only ever set as text.
 */

/**
 * @typedef {object} Data
 * @property {[number, number]} scale  lowest and highest score
 * @property {number} few  points up to which the likely ranges are drawn
 * @property {[string, string][]} dimensions  id, name
 * @property {string[]} ids  of the agencies
 * @property {string[]} names  of the same
 * @property {(number | null)[][]} scores  of the same, by dimension
 * @property {([number, number] | 0)[][]} ranges  of the same, by dimension; none where there are many agencies
 * @property {Record<string, [string, string, string, string]>} pairs  "x y" → title, sentence, median of x, of y
 * @property {Record<string, string>} words
 */
/** @typedef {{id: string, name: string, x: number, y: number, xs?: [number, number], ys?: [number, number]}} Point */

const HEIGHT = 430, TOP = 44, BOTTOM = 372, START = 9, END = 96, BESIDE = 0.28; // as in scatter.py
const WIDE = 480, NAMED = [4, 8], ROOM = [140, 250], REACH = 28;
const SVG = "http://www.w3.org/2000/svg";

const figure = /** @type {HTMLElement} */ (document.getElementById("scatter"));
const data = /** @type {Data} */ (JSON.parse(/** @type {HTMLElement} */ (document.getElementById("scatter-data")).textContent ?? ""));
const svg = /** @type {SVGSVGElement} */ (figure.querySelector("svg"));
const told = /** @type {HTMLElement} */ (figure.querySelector("[data-told]"));
const form = /** @type {HTMLFormElement} */ (document.querySelector("[data-choose]"));
const [xSelect, ySelect] = /** @type {HTMLSelectElement[]} */ ([...form.querySelectorAll("select")]);
const rtl = document.documentElement.dir === "rtl" || document.body.dir === "rtl";
const hint = told.textContent;
const [lowest, highest] = data.scale;

/** @type {Point[]} */
let points = [];
/** @type {SVGElement[]} */
let dots = [];
let at = -1;
let cross = /** @type {SVGGElement | null} */ (null);

/** @param {string} key @param {Record<string, string>} values */
const word = (key, values = {}) => data.words[key].replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
/** @param {number} value */
const number = (value) => value.toFixed(1);
/** @param {string} id */
const nameOf = (id) => (data.dimensions.find(([one]) => one === id) ?? ["", ""])[1];
/** @param {number} value */
const share = (value) => Math.min(1, Math.max(0, (value - lowest) / (highest - lowest)));
/** @param {number} value  per cent from the left */
const across = (value) => { const x = START + share(value) * (END - START); return rtl ? 100 - x : x; };
/** @param {number} value  pixels from the top */
const down = (value) => BOTTOM - share(value) * (BOTTOM - TOP);

/**
 * @param {string} tag
 * @param {Record<string, string | number>} attributes
 * @param {string} [text]
 */
function draw(tag, attributes, text) {
  const element = /** @type {SVGElement} */ (document.createElementNS(SVG, tag));
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  if (text !== undefined) element.textContent = text;
  return element;
}

/** @param {number} x1 @param {number} x2 @param {number} y1 @param {number} y2 @param {string} kind */
const line = (x1, x2, y1, y2, kind) => draw("line", { x1: `${x1}%`, x2: `${x2}%`, y1, y2, class: kind });

/** The points that a pair of dimensions has, by rising x. @param {string} x @param {string} y */
function pointsOf(x, y) {
  const [i, j] = [x, y].map((id) => data.dimensions.findIndex(([one]) => one === id));
  /** @type {Point[]} */
  const found = [];
  data.ids.forEach((id, k) => {
    const [a, b] = [data.scores[i][k], data.scores[j][k]];
    if (a === null || b === null) return;
    found.push({ id, name: data.names[k], x: a, y: b, xs: data.ranges[i]?.[k] || undefined, ys: data.ranges[j]?.[k] || undefined });
  });
  return found.sort((p, q) => p.x - q.x || p.y - q.y || (p.id < q.id ? -1 : 1));
}

/** Both likely ranges of a point. @param {Point} p @param {string} kind */
function crossOf(p, kind) {
  const group = /** @type {SVGGElement} */ (draw("g", {}));
  if (p.xs) group.append(line(across(p.xs[0]), across(p.xs[1]), down(p.y), down(p.y), kind));
  if (p.ys) group.append(line(across(p.x), across(p.x), down(p.ys[0]), down(p.ys[1]), kind));
  return group;
}

/** @param {string} x @param {string} y @param {[number, number]} medians @param {string[]} texts */
function drawLines(x, y, medians, texts) {
  const [left, right] = [across(lowest), across(highest)].sort((a, b) => a - b);
  const [mx, my] = [across(medians[0]), down(medians[1])];
  const sides = rtl ? ["end", "start"] : ["start", "end"];
  const [held, base] = level(medians);
  /** @param {string} name */
  const named = (name) => draw("text", { x: "0", y: 0, class: "s" }, name);
  const yName = named(`↑ ${nameOf(y)}`), xName = named(`${nameOf(x)} ${rtl ? "←" : "→"}`);
  const [start, end] = rtl ? ["100%", "0%"] : ["0%", "100%"];
  yName.setAttribute("x", start);
  yName.setAttribute("y", "13");
  xName.setAttribute("x", end);
  xName.setAttribute("y", String(BOTTOM + 40));
  xName.setAttribute("text-anchor", "end");
  return [
    line(mx, mx, TOP - 6, BOTTOM, "q"), line(left, right, my, my, "q"), yName, xName,
    draw("text", { x: `${mx}%`, y: TOP - 10, class: "k", "text-anchor": mx < 25 ? sides[0] : mx > 75 ? sides[1] : "middle" }, texts[0]),
    draw("text", { x: `${across(lowest + held * (highest - lowest))}%`, y: base, class: "k", "text-anchor": held === 0.5 ? "middle" : held ? "end" : "start" }, texts[1]),
  ];
}

/**
 * Where the level median line has its text: at the end, the start or the middle of the axis, and on which base line.
 * @param {[number, number]} medians
 * @returns {[number, number]}
 */
function level([mx, my]) {
  const y = down(my);
  /** @param {{x: number, y: number}} p @param {number} at @param {number} line */
  const under = (p, at, line) =>
    Math.abs(share(p.x) - at) < (at === 0.5 ? BESIDE / 2 : BESIDE) && Math.abs(down(p.y) - (line - 4)) <= 11;
  const lines = [y - 5, y + 15].filter((line) => TOP + 12 <= line && line <= BOTTOM - 4);
  const places = lines.flatMap((line) => /** @type {[number, number][]} */ ([[1, line], [0, line], [0.5, line]]));
  const counts = places.map(([at, line]) => [...points, { x: mx, y: my }].filter((p) => under(p, at, line)).length);
  return places[counts.indexOf(Math.min(...counts))];
}

/** Cut a text by its end until it is `room` pixels wide. @param {SVGTextElement} element @param {number} room */
function cut(element, room) {
  let text = element.textContent ?? "";
  while (text && element.getComputedTextLength() > room) {
    text = text.slice(0, -1).trimEnd();
    element.textContent = `${text}…${/[\u0600-\u06ff]$/.test(text) ? "\u200f" : "\u200e"}`;
  }
}

/** Names beside the outstanding points, where they touch nothing; measured, as placed by naming.py. */
function nameSome() {
  for (const old of svg.querySelectorAll(".k.n, .k.w, .k.name")) old.remove();
  const wide = svg.getBoundingClientRect().width;
  if (!wide || !points.length) return;
  const size = wide < WIDE ? 0 : 1;
  const [mx, my] = ["x", "y"].map((key) => {
    const sorted = points.map((p) => /** @type {any} */ (p)[key]).sort((a, b) => a - b);
    return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
  });
  const rest = [...points].sort((p, q) => Math.hypot(q.x - mx, q.y - my) - Math.hypot(p.x - mx, p.y - my) || (p.id < q.id ? -1 : 1));
  /** @param {(a: Point, b: Point) => Point} pick */
  const extreme = (pick) => rest.reduce(pick);
  const first = new Set([
    extreme((a, b) => (b.x > a.x ? b : a)), extreme((a, b) => (b.x < a.x ? b : a)),
    extreme((a, b) => (b.y > a.y ? b : a)), extreme((a, b) => (b.y < a.y ? b : a)), ...rest,
  ]);
  const frame = svg.getBoundingClientRect();
  const taken = [...svg.querySelectorAll("text.k, .q")].map((one) => relative(one.getBoundingClientRect(), frame));
  const spots = points.map((p) => ({ p, x: across(p.x) / 100 * wide, y: down(p.y) }));
  const [left, right] = rtl ? [0, (100 - START) / 100 * wide] : [START / 100 * wide, wide];
  let count = 0;
  for (const p of [...first].slice(0, 4 * NAMED[size])) {
    if (count === NAMED[size]) break;
    const [x, y] = [across(p.x) / 100 * wide, down(p.y)];
    const element = /** @type {SVGTextElement} */ (draw("text", { class: "k name" }, p.name));
    svg.append(element);
    cut(element, ROOM[size]);
    const long = element.getComputedTextLength();
    const place = [[x + 8, 4], [x - 8 - long, 4], [x - long / 2, -9], [x - long / 2, 18]].find(([from, dy]) => {
      const box = [from - 2, y + dy - 12, from + long + 2, y + dy + 4];
      return box[0] >= left && box[2] <= right && box[1] >= TOP - 4 && box[3] <= BOTTOM
        && !taken.some((other) => meet(box, other))
        && !spots.some((s) => s.p !== p && meet(box, [s.x - 5, s.y - 5, s.x + 5, s.y + 5]));
    });
    if (!place) { element.remove(); continue; }
    const [from, dy] = place;
    // held in its middle, whatever direction its script runs in
    element.setAttribute("x", String(from + long / 2));
    element.setAttribute("y", String(y + dy));
    element.setAttribute("text-anchor", "middle");
    taken.push([from - 2, y + dy - 12, from + long + 2, y + dy + 4]);
    count += 1;
  }
}

/** @param {DOMRect} box @param {DOMRect} frame */
const relative = (box, frame) => [box.left - frame.left, box.top - frame.top, box.right - frame.left, box.bottom - frame.top];
/** @param {number[]} a @param {number[]} b */
const meet = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];

/** The table, with the numbers that the picture shows. @param {string} x @param {string} y */
function tabulate(x, y) {
  const table = /** @type {HTMLTableElement} */ (figure.querySelector("table"));
  const ranges = points.some((p) => p.xs || p.ys);
  const likely = ranges ? [word("scatter_range")] : [];
  const head = document.createElement("tr");
  for (const name of [word("agency"), nameOf(x), ...likely, nameOf(y), ...likely]) {
    const th = document.createElement("th");
    th.scope = "col";
    th.textContent = name;
    head.append(th);
  }
  const rows = [...points].reverse().map((p) => {
    const row = document.createElement("tr");
    const th = document.createElement("th");
    th.scope = "row";
    th.append(linkTo(p));
    row.append(th);
    for (const [value, ends] of /** @type {[number, [number, number] | undefined][]} */ ([[p.x, p.xs], [p.y, p.ys]])) {
      row.insertCell().textContent = number(value);
      if (ranges) row.insertCell().textContent = between(ends);
    }
    return row;
  });
  table.tHead?.replaceChildren(head);
  table.tBodies[0].replaceChildren(...rows);
}

/** @param {[number, number] | undefined} ends */
const between = (ends) => (ends ? word("range", { low: number(ends[0]), high: number(ends[1]) }) : "–");

/** @param {Point} p */
function linkTo(p) {
  const link = document.createElement("a");
  link.href = `../agencies/${encodeURIComponent(p.id)}/`;
  link.textContent = p.name;
  return link;
}

/** What the button for an interactive chart reads, and the interactive chart, where it is open already. @param {string} x @param {string} y */
function replot(x, y) {
  const script = figure.querySelector(":scope > script");
  if (!script) return;
  const plot = JSON.parse(script.textContent ?? "");
  const [trace] = plot.data;
  /** @param {(p: Point) => [number, [number, number]?]} of */
  const arms = (of) => ({
    type: "data", symmetric: false, thickness: 1, width: 0, color: trace.marker.color,
    array: points.map((p) => { const [v, ends] = of(p); return ends ? Math.max(0, ends[1] - v) : 0; }),
    arrayminus: points.map((p) => { const [v, ends] = of(p); return ends ? Math.max(0, v - ends[0]) : 0; }),
  });
  trace.x = points.map((p) => p.x);
  trace.y = points.map((p) => p.y);
  trace.text = points.map((p) => escaped(p.name));
  delete trace.error_x;
  delete trace.error_y;
  if (points.length <= data.few) {
    trace.error_x = arms((p) => [p.x, p.xs]);
    trace.error_y = arms((p) => [p.y, p.ys]);
  }
  const [mx, my] = data.pairs[`${x} ${y}`].slice(2).map(Number);
  const [upright, level] = plot.layout.shapes;
  [upright.x0, upright.x1, level.y0, level.y1] = [mx, mx, my, my];
  plot.layout.xaxis.title.text = escaped(nameOf(x));
  plot.layout.yaxis.title.text = escaped(nameOf(y));
  script.textContent = JSON.stringify(plot);
  const open = /** @type {any} */ (figure.querySelector(".hw-plot"));
  if (open && !open.hidden && open.data) {
    trace.marker.color = open.data[0].marker.color;
    const { font, xaxis, yaxis } = open.layout;
    plot.layout.font = font;
    Object.assign(plot.layout.xaxis, { gridcolor: xaxis.gridcolor });
    Object.assign(plot.layout.yaxis, { gridcolor: yaxis.gridcolor });
    /** @type {any} */ (window).Plotly.react(open, plot.data, plot.layout);
  }
}

/** Plotly reads a little markup in labels. @param {string} text */
const escaped = (text) => text.replace(/[&<>]/g, (c) => `&#${c.charCodeAt(0)};`);

/** Everything, for a pair of dimensions. @param {string} x @param {string} y */
function show(x, y) {
  const [title, sentence, mx, my] = data.pairs[`${x} ${y}`];
  points = pointsOf(x, y);
  const heading = /** @type {HTMLElement} */ (figure.querySelector("figcaption strong"));
  heading.textContent = title;
  /** @type {HTMLElement} */ (figure.querySelector(".hw-says")).textContent = sentence;
  figure.querySelector("figcaption .hw-permalink")?.setAttribute("aria-label", word("chart_address", { title }));
  svg.setAttribute("aria-label", `${title}. ${sentence}`);
  for (const old of svg.querySelectorAll(".x, .q, .p, .k, .s, g")) old.remove();
  const crosses = points.length <= data.few ? points.map((p) => crossOf(p, "x")) : [];
  const texts = [mx, my].map((value) => word("chart_median", { value }));
  dots = points.map((p) => draw("circle", { cx: `${across(p.x)}%`, cy: down(p.y), r: 4.5, class: "p" }));
  svg.append(...crosses, ...drawLines(x, y, [Number(mx), Number(my)], texts), ...dots);
  /** @type {HTMLElement} */ (figure.querySelector("[data-ranges]")).hidden = !crosses.some((one) => one.childElementCount);
  cross = null;
  at = -1;
  told.textContent = hint;
  for (const element of /** @type {NodeListOf<SVGTextElement>} */ (svg.querySelectorAll(".s"))) cut(element, svg.getBoundingClientRect().width);
  nameSome();
  tabulate(x, y);
  replot(x, y);
}

/** Tell of one point and mark it. @param {number} index */
function tell(index) {
  if (!points.length) return;
  dots[at]?.classList.remove("on");
  cross?.remove();
  at = Math.min(points.length - 1, Math.max(0, index));
  const p = points[at];
  cross = crossOf(p, "on");
  svg.insertBefore(cross, dots[0]);
  dots[at].classList.add("on");
  const [x, y] = [xSelect.value, ySelect.value];
  /** @param {number} value @param {[number, number] | undefined} ends */
  const withRange = (value, ends) => number(value) + (ends ? ` (${between(ends)})` : "");
  const numbers = word("scatter_told", { x_name: nameOf(x), x: withRange(p.x, p.xs), y_name: nameOf(y), y: withRange(p.y, p.ys) });
  told.replaceChildren(linkTo(p), `: ${numbers}`);
}

/** Only what can be set against the first dimension can be chosen as the second. */
function limit() {
  for (const option of ySelect.options) option.disabled = !data.pairs[`${xSelect.value} ${option.value}`];
  if (ySelect.selectedOptions[0]?.disabled) {
    ySelect.value = [...ySelect.options].find((option) => !option.disabled)?.value ?? "";
  }
}

function choose() {
  limit();
  show(xSelect.value, ySelect.value);
  const address = new URL(location.href);
  address.searchParams.set("x", xSelect.value);
  address.searchParams.set("y", ySelect.value);
  const share = /** @type {HTMLAnchorElement | null} */ (figure.querySelector("[data-share]"));
  if (share) share.href = share.href.replace(/[^/]+\/[^/]+\/$/, `${xSelect.value}/${ySelect.value}/`);
  address.hash = "scatter";
  history.replaceState(null, "", address);
}

const asked = new URLSearchParams(location.search);
const [askedX, askedY] = [asked.get("x") ?? "", asked.get("y") ?? ""];
if (Object.hasOwn(data.pairs, `${askedX} ${askedY}`)) [xSelect.value, ySelect.value] = [askedX, askedY];
limit();
show(xSelect.value, ySelect.value);
form.addEventListener("change", choose);
form.addEventListener("submit", (event) => event.preventDefault());

// The picture is one stop of the keyboard; its points are stepped through inside.
svg.setAttribute("tabindex", "0");
svg.setAttribute("role", "application");
svg.addEventListener("keydown", (event) => {
  const forth = rtl ? "ArrowLeft" : "ArrowRight", back = rtl ? "ArrowRight" : "ArrowLeft";
  const steps = /** @type {Record<string, number>} */ ({
    [forth]: at + 1, ArrowUp: at + 1, [back]: at - 1, ArrowDown: at - 1, Home: 0, End: points.length - 1,
  });
  if (event.key === "Enter" && at >= 0) told.querySelector("a")?.click();
  if (!(event.key in steps) || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  tell(steps[event.key]);
});
svg.addEventListener("pointermove", (event) => {
  const frame = svg.getBoundingClientRect();
  const [x, y] = [event.clientX - frame.left, event.clientY - frame.top];
  const far = points.map((p) => Math.hypot(across(p.x) / 100 * frame.width - x, down(p.y) - y));
  const nearest = far.indexOf(Math.min(...far));
  if (far[nearest] <= REACH && nearest !== at) tell(nearest);
});
// Another scheme draws the open interactive chart anew, as the page came with it: after that, the chosen pair again.
new MutationObserver(() => setTimeout(() => replot(xSelect.value, ySelect.value)))
  .observe(document.body, { attributeFilter: ["data-md-color-scheme"] });
new ResizeObserver(nameSome).observe(svg);
document.fonts?.ready.then(nameSome);

// @ts-check
/* What is wrong with a finding, by the rules of the data files (scoring/source and scoring/rules), in their words.
   tests/vectors/finding.json holds both to the same findings. No element of a page is known here. */

/** @typedef {{ key: string, name: string, values: Record<string, any>, found: string }} Fault where, which message of the
 * book, what is put into it, and what was found
 * @typedef {any} Book the rules, as data/finding.json tells them
 * @typedef {(name: string, values?: Record<string, any>, found?: any) => Fault} Told */

/** Everything that is wrong, by key in the order of the file. @param {any} item as the file would hold it
 * @param {Book} book @param {string} today as YYYY-MM-DD @returns {Fault[]} */
export function faults(item, book, today) {
  const keys = Object.keys(book.limits);
  const found = keys.flatMap((key) => {
    /** @type {Told} */
    const told = (name, values = {}, what = at(item, key)) => ({ key, name, values, found: String(what ?? "") });
    return [...shape(item, key, book, told)];
  });
  const refused = new Set(found.map((fault) => fault.key));
  const by = [...dates(item, today, book), ...values(item, book), ...address(item)];
  return [...found, ...by.filter((fault) => !refused.has(fault.key))].sort((a, b) => keys.indexOf(a.key) - keys.indexOf(b.key));
}

/** Whether a fault keeps the file from being taken; others are advice. @param {Fault} fault @param {Book} book */
export const isError = (fault, book) => book.messages[fault.name].code.startsWith("E");

/** The sentence of a fault, and how to mend it. @param {Fault} fault @param {Book} book @param {"en" | "ar"} language
 * @param {string} [own] the whole sentence, where it is not about the keys of a file */
export function sentence(fault, book, language, own) {
  const side = language === "en" ? 0 : 1, { must, mend } = book.messages[fault.name];
  const fill = (/** @type {string} */ text) => text.replace(/\{(\w+)\}/g, (_, name) => {
    const value = fault.values[name];
    return Array.isArray(value) ? value[side] : `${side ? "\u200e" : ""}${value}`; // dates turn around after Arabic letters
  });
  return own ? { must: fill(own), mend: "" } : { must: fill(must[side]), mend: mend ? fill(mend[side]) : "" };
}

/** @param {any} item @param {string} key such as source.url */
export const at = (item, key) => key.split(".").reduce((value, step) => value?.[step], item);

const DIGITS = 15; // of a whole number, as in scoring/source/scalars.py

// --- shape ----------------------------------------------------------------------------------------------------------

/** @param {any} item @param {string} key @param {Book} book @param {Told} told @returns {Generator<Fault>} */
function* shape(item, key, book, told) {
  const value = at(item, key), limit = book.limits[key];
  if (value === undefined) {
    const above = key.includes(".") ? at(item, key.slice(0, key.lastIndexOf("."))) : item;
    if (above !== undefined && book.required.includes(key)) yield told("missing", { key: key.split(".").pop() });
    return;
  }
  if (key === "finding" && value.en === undefined && value.ar === undefined) yield told("no_language", {}, "");
  if (typeof value === "number") {
    const digits = String(value).replace("-", "");
    if (Number.isNaN(value)) yield told("not_number", { kind: ["a number", "عددًا"] });
    else if (limit.type === "integer" && !Number.isInteger(value)) yield told("not_whole", { kind: ["a whole number", "عددًا صحيحًا"] });
    else if (digits.includes("e") || (!digits.includes(".") && digits.length > DIGITS)) yield told("long_number");
    else if (limit.minimum !== undefined && value < limit.minimum) yield told("range", { bound: `≥ ${limit.minimum}` });
  }
  if (typeof value !== "string") return;
  const length = [...value].length;
  if (length < (limit.minLength ?? 0)) yield told("short", { least: limit.minLength });
  else if (length > (limit.maxLength ?? Infinity)) yield told("long", { most: limit.maxLength });
  else if (limit.pattern && !new RegExp(limit.pattern).test(value)) yield told("form", { form: book.forms[limit.pattern] ?? limit.pattern });
  else if (limit.enum && !limit.enum.includes(value)) yield told("choice", { choices: limit.enum.join(", ") });
  else if (key === "source.published" && !PARTIAL.test(value)) yield told("partial_date");
  yield* characters(value, told);
}

// --- characters -----------------------------------------------------------------------------------------------------

const ALLOWED = /[\u061c\u200c-\u200f\u0600-\u0605\u06dd\u08e2\u070f]/; // what Arabic text needs
const INVISIBLE = /[\u115f\u1160\u3164\uffa0\u034f\u17b4\u17b5\u180b-\u180d\u180f\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/u;
const PRESENTATION = /[\ufb1d-\ufd3d\ufd50-\ufdc7\ufdf0\ufdf1\ufdf3-\ufdf9\ufe70-\ufefc]+/u;
const TATWEEL = /\u0640(?=[\u0621-\u063f\u0641-\u065f])/;

/** The message for a character that may never stand in a text. @param {string} char */
function refusal(char) {
  if (/[\u202a-\u202e]/.test(char)) return "bidi";
  if (INVISIBLE.test(char)) return "invisible";
  if (/[\r\u0085\u2028\u2029]/.test(char)) return "line_break";
  if (/\p{Cc}/u.test(char)) return char === "\t" ? "tab" : char === "\n" ? null : "control";
  if (/\p{Cf}/u.test(char)) return ALLOWED.test(char) ? null : "invisible";
  if (/\p{Cs}/u.test(char)) return "escape";
  const point = Number(char.codePointAt(0));
  const undefinedOne = /\p{Co}/u.test(char) || (point >= 0xfdd0 && point <= 0xfdef) || (point & 0xfffe) === 0xfffe;
  return undefinedOne ? "private" : null;
}

/** @param {string} text @param {Told} told @returns {Generator<Fault>} */
function* characters(text, told) {
  /** @type {Set<string>} */
  const names = new Set();
  let open = 0, marks = 0;
  for (const char of text) {
    if (/[\u2066-\u2068]/.test(char)) open += 1;
    else if (char === "\u2069") open -= 1;
    else { const name = refusal(char); if (name) names.add(name); }
    if (open < 0) { names.add("isolate"); open = 0; }
    marks = /[\p{Mn}\p{Me}]/u.test(char) && !refusal(char) ? marks + 1 : 0;
    if (marks === 5) names.add("marks");
  }
  if (open) names.add("isolate");
  for (const name of names) yield told(name);
  const old = PRESENTATION.exec(text);
  if (old) yield told("presentation", { plain: old[0].normalize("NFKC") });
  if (TATWEEL.test(text)) yield told("tatweel");
}

// --- dates ----------------------------------------------------------------------------------------------------------

const PARTIAL = /^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/;

/** The first day that a year, a month or a day can mean; none where there is no such day. @param {string} partial */
function firstDay(partial) {
  const [year, month = "01", day = "01"] = partial.split("-");
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`);
  const first = `${year}-${month}-${day}`;
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === first ? first : null;
}

/** @param {any} item @param {string} today @param {Book} book @returns {Generator<Fault>} */
function* dates(item, today, book) {
  for (const key of ["observed", "source.published"]) {
    const day = at(item, key);
    if (day === undefined || !PARTIAL.test(day)) continue;
    const first = firstDay(day), told = (/** @type {string} */ name, values = {}) => ({ key, name, values, found: day });
    if (first === null) yield told("no_day");
    else if (first > today) yield told("future", { today });
    else if (Number(first.slice(0, 4)) < book.first_year) yield told("early", { first: book.first_year });
    if (key === "source.published" && first && item.observed && first > item.observed) yield told("after_reading", { observed: item.observed });
  }
}

// --- values ---------------------------------------------------------------------------------------------------------

/** @param {any} item @param {Book} book @returns {Generator<Fault>} */
function* values(item, book) {
  const code = book.codes[item.code], value = item.value;
  if (!code) return;
  /** @param {string} name @param {Record<string, any>} [values] @returns {Fault} */
  const told = (name, values = {}, key = "value") => ({ key, name, values, found: String(at(item, key) ?? "") });
  if (code.feeds.length && ["flag", "choice"].includes(code.type) && value === undefined) yield told("no_value");
  if (typeof value === "number") {
    if (code.type === "number" && item.unit === undefined) yield told("no_unit");
    const share = code.type === "share" || item.unit === "share";
    if (share && !(value >= 0 && value <= 1)) yield told("not_a_share");
    if (!share && value < 0 && !book.signed.includes(item.unit ?? code.unit)) yield told("negative");
  }
  if (item.unit !== undefined && !book.units[item.unit] && !/^[A-Z]{3}$/.test(item.unit)) yield told("unknown", { what: book.what.unit }, "unit");
  const part = item.numerator, whole = item.denominator;
  if (part !== undefined && whole === undefined) yield told("half", {}, "numerator");
  else if (part !== undefined && part > whole) yield told("more_than_all", { denominator: whole }, "numerator");
  else if (part !== undefined && typeof value === "number" && Math.abs(value - part / whole) > book.rounding) {
    yield told("disagrees", { numerator: part, denominator: whole, share: Math.round((part / whole) * 1e4) / 1e4, percent: Math.round((part / whole) * 1e4) / 100 });
  }
}

// --- addresses ------------------------------------------------------------------------------------------------------

const LOCAL = new Set(["localhost", "local", "localdomain", "internal", "lan", "home", "intranet", "arpa"]);
const SCRIPTS = ["Latin", "Arabic", "Cyrillic", "Greek", "Armenian", "Cherokee", "Hebrew", "Devanagari", "Bengali", "Thai",
  "Hangul", "Georgian", "Ethiopic"].map((name) => /** @type {[string, RegExp]} */ ([name, new RegExp(`\\p{Script=${name}}`, "u")]));
const LOOKALIKES = ["Cyrillic", "Greek", "Armenian", "Cherokee"];

/** The first thing that is wrong with the source's address. @param {any} item @returns {Generator<Fault>} */
function* address(item) {
  const key = "source.url", url = at(item, key);
  if (typeof url !== "string") return;
  const fault = addressFault(url);
  if (fault) yield { key, name: fault[0], values: fault[1] ?? {}, found: url };
}

/** @param {string} url @returns {[string, Record<string, any>?] | null} */
function addressFault(url) {
  if (/[\s<>"\\^`{|}]|&(?:#\w+|[a-zA-Z]+);|\p{C}/u.test(url)) return ["address_form"];
  const [, scheme = "", rest] = /^([a-zA-Z][a-zA-Z0-9+.-]*):(.*)$/s.exec(url) ?? [];
  if (!/^https?$/i.test(scheme) || !rest.startsWith("//")) return ["address_scheme"];
  const place = rest.slice(2).split(/[/?#]/, 1)[0];
  if (place.includes("[") !== place.includes("]")) return ["address_form"];
  if (place.includes("@")) return ["address_user"];
  const [, host, port] = /^(\[[^\]]*\]|[^:]*)(?::(.*))?$/s.exec(place) ?? [];
  if (host === undefined || (port && !/^\d{1,5}$/.test(port))) return ["address_form"];
  if (port && Number(port) !== (/s$/i.test(scheme) ? 443 : 80)) return ["address_port", { port }];
  return hostFault(host.toLowerCase().replace(/\.$/, ""));
}

/** @param {string} host @returns {[string, Record<string, any>?] | null} */
function hostFault(host) {
  if (host.normalize("NFKC") !== host || /[。．｡]/.test(host)) return ["address_form"];
  const labels = host.split(".").map(shown), last = String(labels.at(-1));
  if (host.includes("[") || labels.length < 2 || /^(?:0x[0-9a-f]*|[0-9]+)$/.test(last) || LOCAL.has(last)) return ["address_host"];
  const right = (/** @type {string} */ label) => /^[\p{L}\p{M}\p{Nd}_-]{1,63}$/u.test(label) && !/^-|-$/.test(label);
  if (!labels.every(right)) return ["address_form"];
  const scripts = labels.map((label) => SCRIPTS.filter(([, one]) => one.test(label)).map(([name]) => name));
  const together = new Set(scripts.flat());
  const mixed = scripts.some((each) => each.length > 1) || (together.size > 1 && LOOKALIKES.some((name) => together.has(name)));
  return mixed ? ["address_scripts", { punycode: new URL(`https://${host}`).hostname }] : null;
}

/** A label of `xn--…` as it will be shown; anything else as it is (Punycode, RFC 3492). @param {string} label */
function shown(label) {
  if (!label.startsWith("xn--")) return label;
  const [, plain = "", coded] = /** @type {RegExpExecArray} */ (/^(?:(.*)-)?(.*)$/s.exec(label.slice(4)));
  const found = [...plain].map((char) => Number(char.codePointAt(0)));
  let n = 128, bias = 72, at = 0;
  for (let next = 0; next < coded.length;) {
    const before = at;
    for (let weight = 1, k = 36; ; k += 36) {
      const digit = "abcdefghijklmnopqrstuvwxyz0123456789".indexOf(coded[next++] ?? "");
      if (digit < 0) return label;
      at += digit * weight;
      const least = Math.min(26, Math.max(1, k - bias));
      if (digit < least) break;
      weight *= 36 - least;
    }
    const size = found.length + 1;
    let delta = Math.floor((at - before) / (before ? 2 : 700));
    delta += Math.floor(delta / size);
    for (bias = 0; delta > 455; bias += 36) delta = Math.floor(delta / 35);
    bias += Math.floor((36 * delta) / (delta + 38));
    n += Math.floor(at / size);
    if (n > 0x10ffff) return label;
    found.splice(at % size, 0, n);
    at = (at % size) + 1;
  }
  return String.fromCodePoint(...found);
}

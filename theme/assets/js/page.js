// @ts-check
/* Small things that the pages' scripts share: finding elements, writing numbers as the pages do, filling rows. */

/** @template {Element} T @param {string} selector @param {ParentNode} [within] @returns {T[]} */
export const all = (selector, within = document) => /** @type {T[]} */ ([...within.querySelectorAll(selector)]);

/** An element that the page is known to have. @template {Element} [T=HTMLElement] @param {string} selector
 * @param {ParentNode} [within] @returns {T} */
export function one(selector, within = document) {
  const found = within.querySelector(selector);
  if (!found) throw new Error(`the page has no ${selector}`);
  return /** @type {T} */ (found);
}

/** @type {"ar" | "en"} */
export const language = document.documentElement.lang === "ar" ? "ar" : "en";

/** A number with thousands separated and so many digits after the point, or a dash for what is unknown.
 * @param {number | null} value */
export function number(value, digits = 1) {
  if (value === null || Number.isNaN(value)) return "–";
  return value.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** @param {number} share */
export const percent = (share) => `${(share * 100).toFixed(0)}%`;

/** Put values into a text's marks: # and $ and %. @param {string} text @param {(string | number)[]} values */
export const put = (text, ...values) => text.replace(/[#$%]/g, (mark) => String(values["#$%".indexOf(mark)] ?? mark));

/** JSON of this site. @param {string} address */
export async function fetched(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.json();
}

/** Show an agency's name; where only the other language knows one, marked so, with its own direction.
 * @param {Element} place @param {{ en: string | null, ar: string | null }} name @param {string} untranslated */
export function showName(place, name, untranslated) {
  if (name[language]) return place.replaceChildren(String(name[language]));
  const span = document.createElement("span");
  span.className = "hw-untranslated";
  const other = language === "en" || !name.en ? "ar" : "en";
  span.lang = other;
  span.dir = other === "ar" ? "rtl" : "ltr";
  span.title = untranslated;
  span.textContent = name[other];
  place.replaceChildren(span);
}

/** The mark and range of a small bar. @param {Element} bar @param {number} value @param {number} low @param {number} high
 * @param {number} lowest @param {number} highest */
export function drawBar(bar, value, low, high, lowest, highest) {
  const at = (/** @type {number} */ x) => Math.round((1000 * (x - lowest)) / (highest - lowest)) / 10;
  one(".i", bar).setAttribute("d", `M${at(low)} 5H${at(high)}`);
  one(".d", bar).setAttribute("d", `M${Math.min(98.5, Math.max(1.5, at(value)))} 0v10`);
}

/** Keep what the reader chose in the address, so that it can be shared. @param {URLSearchParams} state */
export function keep(state) {
  const query = state.toString();
  history.replaceState(null, "", `${location.pathname}${query ? `?${query}` : ""}${location.hash}`);
}

/** A button that copies the page's address, and says so. @param {HTMLElement} button */
export function share(button) {
  button.addEventListener("click", async () => {
    const said = button.textContent;
    if (!navigator.clipboard) { prompt(String(said), location.href); return; } // only secure pages have one
    await navigator.clipboard.writeText(location.href);
    button.textContent = String(button.dataset.done);
    setTimeout(() => { button.textContent = said; }, 2000);
  });
}

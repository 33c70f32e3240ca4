/* Filters, sorting and charts on request. Every page is complete without it. */
(() => {
  "use strict";
  const script = document.currentScript;
  document.documentElement.classList.add("hw-has-js");

  // Arabic spellings that a reader types one way and a page another.
  const fold = (text) => text.toLowerCase().normalize("NFKD")
    .replace(/[\u0300-\u036f\u064b-\u065f\u0670\u0640]/g, "")
    .replace(/[أإآٱ]/g, "ا").replace(/ى/g, "ي").replace(/ة/g, "ه").replace(/ؤ/g, "و").replace(/ئ/g, "ي");

  function filter(form) {
    const rows = document.getElementById(form.dataset.for).tBodies[0].rows;
    const wanted = [...form.querySelectorAll("[data-filter]")]
      .map((field) => [field.dataset.filter, field.dataset.filter === "name" ? fold(field.value.trim()) : field.value])
      .filter(([, value]) => value);
    let shown = 0;
    for (const row of rows) {
      row.hidden = !wanted.every(([key, value]) =>
        key === "name" ? fold(row.dataset.name).includes(value) : row.dataset[key] === value);
      shown += !row.hidden;
    }
    const output = form.querySelector("output");
    output.textContent = `${output.dataset.count}: ${shown} / ${rows.length}`;
  }

  function sort(table, column, button) {
    const body = table.tBodies[0];
    const key = (row) => row.cells[column].dataset.sort ?? row.cells[column].textContent.trim();
    const down = button.closest("th").getAttribute("aria-sort") === "ascending";
    const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });
    const rows = [...body.rows].sort((a, b) => {
      const [x, y] = [key(a), key(b)];
      if (!x || !y) return (x ? 0 : 1) - (y ? 0 : 1); // unknown stays last either way
      const order = x !== "" && y !== "" && !isNaN(x) && !isNaN(y) ? x - y : collator.compare(x, y);
      return down ? -order : order;
    });
    for (const th of table.tHead.rows[0].cells) th.removeAttribute("aria-sort");
    button.closest("th").setAttribute("aria-sort", down ? "descending" : "ascending");
    body.append(...rows);
  }

  function sortable(table) {
    [...table.tHead.rows[0].cells].forEach((th, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "hw-sort";
      button.append(...th.childNodes);
      button.addEventListener("click", () => sort(table, column, button));
      th.append(button);
    });
  }

  let plotly;
  function load() {
    plotly ??= new Promise((resolve, reject) => {
      const element = document.createElement("script");
      element.src = script.dataset.plotly;
      element.onload = resolve;
      element.onerror = reject;
      document.head.append(element);
    });
    return plotly;
  }

  async function interactive(button) {
    const figure = button.closest("figure");
    const chart = JSON.parse(figure.querySelector("script").textContent);
    button.disabled = true;
    await load();
    const place = figure.querySelector(".hw-plot");
    place.hidden = false;
    figure.querySelector("svg").style.display = "none";
    const colour = getComputedStyle(figure).color;
    await window.Plotly.newPlot(place, chart.data, { ...chart.layout, font: { color: colour } },
      { responsive: true, displaylogo: false });
    button.remove();
  }

  for (const form of document.querySelectorAll(".hw-filters")) {
    form.addEventListener("input", () => filter(form));
    filter(form);
  }
  document.querySelectorAll("table[data-sortable]").forEach(sortable);
  for (const button of document.querySelectorAll("[data-chart]")) {
    button.addEventListener("click", () => interactive(button).catch(() => { button.disabled = false; }));
  }
})();

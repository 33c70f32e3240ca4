/* Filters, sorting and charts on request. Every page is complete without it. */
(() => {
  "use strict";
  const script = document.currentScript;
  document.documentElement.classList.add("hw-has-js");

  // Arabic spellings that a reader types one way and a page another.
  const fold = (text) => text.toLowerCase().normalize("NFKD")
    .replace(/[\u0300-\u036f\u064b-\u065f\u0670\u0640]/g, "")
    .replace(/[أإآٱ]/g, "ا").replace(/ى/g, "ي").replace(/ة/g, "ه").replace(/ؤ/g, "و").replace(/ئ/g, "ي");

  // Long tables open with their first rows; the rest is one button away.
  const FIRST = 50;

  function show(table) {
    const matching = [...table.tBodies[0].rows].filter((row) => {
      row.hidden = row.dataset.out === "1";
      return !row.hidden;
    });
    const rest = table.dataset.whole ? [] : matching.slice(FIRST);
    for (const row of rest) row.hidden = true;
    const more = table.parentElement.nextElementSibling;
    if (more?.matches(".hw-more")) {
      more.hidden = !rest.length;
      more.textContent = more.dataset.text.replace("#", rest.length);
    }
    return matching.length;
  }

  function filter(form) {
    const table = document.getElementById(form.dataset.for);
    const rows = table.tBodies[0].rows;
    const wanted = [...form.querySelectorAll("[data-filter]")]
      .map((field) => [field.dataset.filter, field.dataset.filter === "name" ? fold(field.value.trim()) : field.value])
      .filter(([, value]) => value);
    for (const row of rows) {
      const fits = wanted.every(([key, value]) =>
        key === "name" ? fold(row.dataset.name).includes(value) : row.dataset[key] === value);
      row.dataset.out = fits ? "" : "1";
    }
    const output = form.querySelector("output");
    output.textContent = `${output.dataset.count}: ${show(table)} / ${rows.length}`;
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
    show(table);
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

  // The chart's colours are the page's, light or dark.
  function coloured(chart, figure) {
    const style = getComputedStyle(figure);
    const [mark, other, line] = ["--hw-observed", "--hw-mark", "--hw-line"].map((name) => style.getPropertyValue(name).trim());
    const data = chart.data.map((trace, i) => {
      const colour = i ? other : mark;
      const arms = trace.error_x && { error_x: { ...trace.error_x, color: colour } };
      return { ...trace, ...arms, marker: { ...trace.marker, color: colour } };
    });
    const axis = { gridcolor: line, zerolinecolor: line };
    const { xaxis, yaxis } = chart.layout;
    return [data, { ...chart.layout, font: { color: style.color }, xaxis: { ...xaxis, ...axis }, yaxis: { ...yaxis, ...axis } }];
  }

  async function interactive(button) {
    const figure = button.closest("figure");
    const chart = JSON.parse(figure.querySelector("script").textContent);
    button.disabled = true;
    await load();
    const place = figure.querySelector(".hw-plot");
    place.hidden = false;
    figure.querySelector("svg").style.display = "none";
    button.remove();
    const draw = () => window.Plotly.react(place, ...coloured(chart, figure), { responsive: true, displayModeBar: false });
    await draw();
    new MutationObserver(draw).observe(document.body, { attributeFilter: ["data-md-color-scheme"] });
  }

  for (const form of document.querySelectorAll(".hw-filters")) {
    form.addEventListener("input", () => filter(form));
    filter(form);
  }
  for (const table of document.querySelectorAll("table[data-sortable]")) {
    sortable(table);
    show(table);
  }
  for (const more of document.querySelectorAll(".hw-more")) {
    more.addEventListener("click", () => {
      const table = more.previousElementSibling.querySelector("table");
      table.dataset.whole = "1";
      show(table);
    });
  }
  for (const button of document.querySelectorAll("[data-chart]")) {
    button.addEventListener("click", () => interactive(button).catch(() => { button.disabled = false; }));
  }
})();

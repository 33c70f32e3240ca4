(function () {
  function tell() {
    if (innerWidth < 100) return; // not laid out yet
    parent.postMessage({ type: "hiwar:height", height: Math.ceil(document.body.getBoundingClientRect().height) }, "*");
  }
  if (parent === window) return;
  addEventListener("load", tell);
  addEventListener("resize", tell);
  new ResizeObserver(tell).observe(document.body);
  addEventListener("message", function (event) { if (event.source === parent && event.data === "hiwar:ask") tell(); });
})();

/* For pages that embed charts of Hiwar: gives each iframe the height that its chart asks for. A message counts only if it
   comes from the window of one of the page's own iframes marked data-hiwar, and from where that iframe was loaded
   ("null" where it is sandboxed). Heights stay between 120 and 3000 pixels. Frames that were there first are asked. */
(function () {
  function all() { return document.querySelectorAll("iframe[data-hiwar]"); }
  addEventListener("message", function (event) {
    var told = event.data;
    if (!told || told.type !== "hiwar:height" || typeof told.height !== "number" || !isFinite(told.height)) return;
    var frames = all();
    for (var i = 0; i < frames.length; i++) {
      var frame = frames[i];
      if (frame.contentWindow !== event.source) continue;
      var sandboxed = frame.hasAttribute("sandbox") && !frame.sandbox.contains("allow-same-origin");
      if (event.origin !== (sandboxed ? "null" : new URL(frame.src).origin)) return;
      frame.style.height = Math.min(3000, Math.max(120, Math.ceil(told.height))) + "px";
    }
  });
  for (var i = 0, frames = all(); i < frames.length; i++) frames[i].contentWindow.postMessage("hiwar:ask", "*");
})();

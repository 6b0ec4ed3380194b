// @ts-check
/* Runs as an ordinary script, in browsers too old for the page as well: it tells them so. ES5 on purpose. */
(function () {
  var again = document.getElementById("reload");
  if (again) {
    again.onclick = function () {
      location.reload();
    };
  }
  setTimeout(function () {
    var slow = document.getElementById("slow");
    if (slow) slow.hidden = false;
  }, 10000);
  var supports = window.HTMLScriptElement && HTMLScriptElement.supports;
  if (typeof supports === "function" && HTMLScriptElement.supports("importmap")) return;
  var shown = document.getElementById("old");
  var waiting = document.getElementById("waiting");
  if (shown) shown.hidden = false;
  if (waiting) waiting.hidden = true;
  var address = /** @type {HTMLInputElement | null} */ (document.getElementById("old-address"));
  if (address) address.value = location.href;
})();

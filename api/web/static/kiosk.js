// On a shared screen: counts down while nobody touches it, then leaves nothing of the visitor.
(function () {
  "use strict";
  const box = document.getElementById("kiosk");
  const left = document.getElementById("kiosk-left");
  const text = document.getElementById("text");
  const idle = Number(box.dataset.idle);
  const end = box.dataset.end;
  let touched = Date.now();

  function touch() { touched = Date.now(); }
  ["pointerdown", "keydown", "input", "wheel", "touchmove"].forEach(function (name) {
    document.addEventListener(name, touch, { passive: true, capture: true });
  });

  // A screen that nobody has used has nothing to forget.
  function used() {
    return text.value.trim() !== "" || document.querySelector(".from-citizen") !== null;
  }

  setInterval(function () {
    if (!used()) { touch(); box.classList.remove("soon"); left.textContent = String(idle); return; }
    const seconds = Math.max(0, Math.ceil(idle - (Date.now() - touched) / 1000));
    left.textContent = String(seconds);
    box.classList.toggle("soon", seconds <= 15);
    if (seconds === 0) window.location.replace(end);
  }, 500);

  // A page that the browser kept for its Back button is loaded again: it may be somebody else's.
  window.addEventListener("pageshow", function (event) { if (event.persisted) window.location.reload(); });
})();

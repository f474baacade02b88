// Small comforts of the chat. Everything works without this file; htmx does the sending.
(function () {
  "use strict";
  document.documentElement.classList.add("js");

  const form = document.getElementById("compose");
  const text = document.getElementById("text");
  const file = document.getElementById("tep");
  const chosen = document.getElementById("chosen");
  const sending = document.getElementById("sending");
  const log = document.getElementById("log");
  const messages = document.getElementById("messages");
  const moreBelow = document.getElementById("more-below");
  const fine = window.matchMedia("(pointer: fine)");

  // In the frame of a portal, Escape goes back to the portal's page; what is told is no secret.
  if (window.parent !== window) {
    document.addEventListener("keydown", function (event) {
      if (event.key === "Escape") window.parent.postMessage("pakn:dong", "*");
    });
  }

  // Enter sends, Shift+Enter starts a new line.
  text.addEventListener("keydown", function (event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.querySelector(".send").click();
  });

  // Nothing written and nothing chosen: there is nothing to send.
  form.addEventListener("submit", function (event) {
    if (text.value.trim() || (file && file.files.length)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    text.focus();
  }, true);

  function showChosen() {
    if (!file) return;
    const names = Array.from(file.files, function (one) { return one.name; });
    chosen.textContent = names.length ? "Gửi kèm: " + names.join(", ") : "";
  }
  if (file) file.addEventListener("change", showChosen);

  // A double tap is one answer: what comes under the finger after the first is not pressed.
  messages.addEventListener("click", function (event) {
    if (event.detail < 2 || !event.target.closest(".choices")) return;
    event.preventDefault();
    event.stopPropagation();
  }, true);

  // Older buttons are no longer to be pressed, and a message never stands twice.
  function tidy() {
    const seen = new Set();
    messages.querySelectorAll(".message").forEach(function (one) {
      if (seen.has(one.id)) one.remove();
      seen.add(one.id);
    });
    const bots = messages.querySelectorAll(".from-bot");
    bots.forEach(function (one, index) {
      if (index === bots.length - 1) return;
      one.querySelectorAll(".choices button").forEach(function (button) { button.disabled = true; });
    });
  }

  // After sending, show the own message and what follows it, not only the end of a long answer.
  function showOwn() {
    const own = messages.querySelectorAll(".from-citizen");
    if (own.length) own[own.length - 1].scrollIntoView({ block: "start" });
  }

  function isSending(event) {
    return event.detail.elt.id !== "poll";
  }

  const troubles = {
    413: "Tệp gửi lên lớn quá. Bạn gửi ít tệp hơn hoặc tệp nhỏ hơn giúp nhé.",
    429: "Tin gửi hơi nhanh. Bạn chờ một chút rồi gửi lại giúp nhé.",
  };
  const trouble = "Chưa gửi được. Bạn xem lại mạng rồi bấm gửi lần nữa giúp nhé.";

  let slow;
  let sent = "";
  document.body.addEventListener("htmx:beforeRequest", function (event) {
    if (!isSending(event)) return;
    sent = text.value;
    slow = setTimeout(function () { sending.textContent = "Đang gửi…"; }, 600);
  });

  document.body.addEventListener("htmx:afterRequest", function (event) {
    if (!isSending(event)) return;
    clearTimeout(slow);
    if (!event.detail.successful) {
      sending.textContent = troubles[event.detail.xhr.status] || trouble;
      return;
    }
    sending.textContent = "";
    if (event.detail.elt === form) {
      const next = text.value === sent ? "" : text.value;
      form.reset();
      text.value = next;
    }
    showChosen();
    if (fine.matches) text.focus();
  });

  // The log grows upwards from its end, so 0 is the end. Who reads older words is left in peace.
  let atEnd = true;
  function notePlace() {
    atEnd = log.scrollTop > -60;
    moreBelow.hidden = atEnd;
  }
  log.addEventListener("scroll", notePlace, { passive: true });
  moreBelow.addEventListener("click", function () { log.scrollBy({ top: log.clientHeight * 0.8 }); });
  if ("ResizeObserver" in window) {
    new ResizeObserver(function () { if (atEnd) log.scrollTop = 0; }).observe(log);
  }

  document.body.addEventListener("htmx:afterSwap", function (event) {
    tidy();
    if (event.detail.requestConfig && event.detail.requestConfig.verb === "post") showOwn();
    else if (atEnd) log.scrollTop = 0;
    notePlace();
  });
})();

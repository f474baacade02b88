// A button at the corner of a portal's page that opens the chat of the ward in a frame.
(function () {
  "use strict";
  const home = new URL(document.currentScript.src).origin;
  const ward = {{ ward|tojson }};
  const accent = {{ accent|tojson }};
  if (document.getElementById("pakn-mo")) return;

  function make(tag, styles, properties) {
    const element = Object.assign(document.createElement(tag), properties);
    element.style.cssText = styles;
    return element;
  }
  const letters = "font:600 16px/1.3 system-ui,sans-serif;";
  const corner = "position:fixed;right:max(16px,env(safe-area-inset-right));bottom:max(16px,env(safe-area-inset-bottom));z-index:2147483000;";
  const pressed = letters + "min-height:48px;padding:10px 20px;border:2px solid #fff;border-radius:26px;cursor:pointer;color:#fff;background:" + accent + ";box-shadow:0 2px 10px rgba(0,0,0,.3);";

  const opener = make("button", corner + pressed, { id: "pakn-mo", type: "button", textContent: "Hỏi " + ward });
  opener.setAttribute("aria-haspopup", "dialog");
  opener.setAttribute("aria-expanded", "false");
  opener.setAttribute("aria-controls", "pakn-khung");

  const panel = make("div", corner + "display:none;flex-direction:column;width:min(420px,calc(100vw - 32px));height:min(680px,calc(100vh - 32px));background:#fffdf9;border:1px solid #858273;border-radius:8px;overflow:hidden;box-shadow:0 6px 30px rgba(0,0,0,.35);", { id: "pakn-khung" });
  panel.setAttribute("role", "dialog");
  panel.setAttribute("aria-label", "Trò chuyện với " + ward);

  const bar = make("div", letters + "display:flex;align-items:center;gap:12px;padding:4px 6px 4px 14px;color:#fff;background:" + accent + ";", {});
  const title = make("span", "flex:1;", { textContent: ward });
  const apart = make("a", "color:#fff;font-weight:400;font-size:14px;padding:12px 4px;", { href: home + "/tro-chuyen", target: "_blank", rel: "noopener", textContent: "Mở trang riêng" });
  const closer = make("button", letters + "min-width:48px;min-height:44px;border:0;color:#fff;background:transparent;cursor:pointer;", { type: "button", textContent: "Đóng" });
  const frame = make("iframe", "flex:1;width:100%;border:0;", { title: "Trò chuyện với " + ward });
  bar.append(title, apart, closer);
  panel.append(bar, frame);

  function open() {
    if (!frame.src) frame.src = home + "/tro-chuyen?nhung=1";
    panel.style.display = "flex";
    opener.style.display = "none";
    opener.setAttribute("aria-expanded", "true");
    frame.focus();
  }
  function close() {
    panel.style.display = "none";
    opener.style.display = "";
    opener.setAttribute("aria-expanded", "false");
    opener.focus();
  }
  opener.addEventListener("click", open);
  closer.addEventListener("click", close);
  panel.addEventListener("keydown", function (event) { if (event.key === "Escape") close(); });
  window.addEventListener("message", function (event) {
    if (event.origin === home && event.source === frame.contentWindow && event.data === "pakn:dong") close();
  });

  function place() { document.body.append(opener, panel); }
  if (document.body) place();
  else document.addEventListener("DOMContentLoaded", place);
})();

// A line of words beside what is pointed at.

function tip(element, lines) {
  const box = element.getBoundingClientRect();
  put($("tip"), ...lines.map((line) => el("div", { dir: "auto" }, line)));
  $("tip").hidden = false;
  const own = $("tip").getBoundingClientRect();
  const left = Math.max(8, Math.min(box.left, innerWidth - own.width - 8));
  const above = box.top - own.height - 6;
  styled($("tip"), { left: left + "px", top: (above > 0 ? above : box.bottom + 6) + "px" });
}
function untip() { $("tip").hidden = true; }

// Selecting a stretch of an axis: by dragging, by clicking a bar, or by keys.

/**
 * Lets a stretch of bins be chosen on `picture`, an SVG. `edges` are the x of each bin's start and of the last one's end, in
 * units of the picture; `told(first, last)` are the words for a stretch; `pick(first, last)` is called with what was chosen.
 */
function brushable(picture, edges, top, bottom, told, pick) {
  const last = edges.length - 2;
  const shade = svg("rect", { class: "brush", y: top, height: bottom - top, visibility: "hidden" });
  picture.append(shade);
  let anchor = null, cursor = null;
  const show = () => {
    const [a, b] = [Math.min(anchor, cursor), Math.max(anchor, cursor)];
    fill(shade, { x: edges[a], width: edges[b + 1] - edges[a], visibility: "visible" }, []);
    tip(shade, [told(a, b)]);
  };
  const at = (event) => {
    const box = picture.getBoundingClientRect();
    const x = (event.clientX - box.left) * picture.viewBox.baseVal.width / box.width;
    let bin = edges.findIndex((edge) => edge > x) - 1;
    if (bin === -2) bin = last;
    return Math.min(Math.max(bin, 0), last);
  };
  const end = () => {
    const [a, b] = [Math.min(anchor, cursor), Math.max(anchor, cursor)];
    anchor = cursor = null;
    untip();
    pick(a, b);
  };
  let dragging = false;
  picture.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    event.preventDefault();
    picture.setPointerCapture(event.pointerId);
    dragging = true;
    anchor = cursor = at(event);
    show();
  });
  picture.addEventListener("pointermove", (event) => {
    if (dragging) { cursor = at(event); show(); }
    else if (event.pointerType === "mouse") { anchor = cursor = at(event); show(); }
  });
  picture.addEventListener("pointerup", () => { if (dragging) { dragging = false; end(); } });
  picture.addEventListener("pointercancel", () => { dragging = false; shade.setAttribute("visibility", "hidden"); untip(); });
  picture.addEventListener("pointerleave", () => { if (!dragging) { anchor = cursor = null; shade.setAttribute("visibility", "hidden"); untip(); } });
  picture.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1, Home: -last, End: last }[event.key];
    if (step) {
      event.preventDefault();
      cursor = cursor === null ? (step > 0 ? 0 : last) : Math.min(Math.max(cursor + step, 0), last);
      if (anchor === null || !event.shiftKey) anchor = cursor;
      show();
    } else if ((event.key === "Enter" || event.key === " ") && cursor !== null) {
      event.preventDefault();
      end();
    }
  });
  picture.addEventListener("blur", () => { anchor = cursor = null; shade.setAttribute("visibility", "hidden"); untip(); });
  return picture;
}

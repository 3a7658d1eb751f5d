// The map: an SVG of areas, or a canvas of cells. Outlines are drawn once; then only colours change.
(() => {
  const NS = "http://www.w3.org/2000/svg";
  const SHADES = ["#fde725", "#7ad151", "#22a884", "#2a788e", "#414487"];
  const GAPS = ["#b35806", "#fdb863", "#f7f7f7", "#b2abd2", "#542788"];
  const CELLS = ["#E69F00", "#0072B2", "#009E73", "#CC79A7"];
  hemvist.shades = SHADES;
  hemvist.gapShades = GAPS;
  hemvist.cellShades = CELLS;

  function made(tag, attributes, parent) {
    const node = document.createElementNS(NS, tag);
    Object.entries(attributes).forEach(([name, value]) => node.setAttribute(name, value));
    if (parent) parent.appendChild(node);
    return node;
  }

  function box(ground) {
    const all = ground.shapes.flat();
    const xs = all.map((p) => p[0]), ys = all.map((p) => p[1]);
    const pad = 0.02 * Math.max(Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys));
    return [Math.min(...xs) - pad, Math.min(...ys) - pad,
      Math.max(...xs) - Math.min(...xs) + 2 * pad, Math.max(...ys) - Math.min(...ys) + 2 * pad];
  }

  hemvist.buildMap = (host, ground, choose, label) => {
    host.replaceChildren();
    if (ground.width) return buildCells(host, ground, label);
    const view = box(ground);
    const svg = made("svg", { viewBox: view.join(" "), class: "hv-map", role: "group", "aria-label": label }, host);
    const defs = made("defs", {}, svg);
    const hatch = made("pattern", { id: "hv-hatch", width: view[2] / 80, height: view[2] / 80, patternUnits: "userSpaceOnUse",
      patternTransform: "rotate(45)" }, defs);
    made("rect", { width: view[2] / 80, height: view[2] / 80, fill: "var(--hv-paper)" }, hatch);
    made("rect", { width: view[2] / 240, height: view[2] / 80, fill: "var(--hv-line)" }, hatch);
    const paths = ground.shapes.map((shape, at) => {
      const path = made("path", { d: `M${shape.map((p) => p.join(",")).join("L")}Z`, class: "hv-area",
        tabindex: at === 0 ? 0 : -1, role: "button" }, svg);
      path.addEventListener("click", () => choose(at));
      path.addEventListener("keydown", (event) => onKey(event, at, ground, paths, choose));
      made("title", {}, path);
      return path;
    });
    names(svg, ground, view);
    return { kind: "areas", ground, paths };
  };

  // Enter chooses; arrows go to the nearest area in that direction.
  function onKey(event, at, ground, paths, choose) {
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      event.stopPropagation();
      return choose(at);
    }
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (!way) return undefined;
    event.preventDefault();
    event.stopPropagation();
    const from = ground.points[at];
    let best = -1, least = Infinity;
    ground.points.forEach((p, other) => {
      const dx = p[0] - from[0], dy = p[1] - from[1];
      const along = dx * way[0] + dy * way[1], aside = Math.abs(dx * way[1]) + Math.abs(dy * way[0]);
      if (along > 0 && along + 2 * aside < least) { least = along + 2 * aside; best = other; }
    });
    if (best >= 0) { paths[at].setAttribute("tabindex", -1); paths[best].setAttribute("tabindex", 0); paths[best].focus(); }
    return undefined;
  }

  // Names where there is room for them: the widest areas first, none upon another.
  function names(svg, ground, view) {
    const size = view[2] / 44;
    const wide = (shape) => Math.max(...shape.map((p) => p[0])) - Math.min(...shape.map((p) => p[0]));
    const taken = [];
    ground.names.map((name, at) => [wide(ground.shapes[at]), name, at]).sort((a, b) => b[0] - a[0]).forEach(([, name, at]) => {
      const shape = ground.shapes[at];
      const x = shape.reduce((sum, p) => sum + p[0], 0) / shape.length;
      const y = shape.reduce((sum, p) => sum + p[1], 0) / shape.length;
      const half = name.length * size * 0.28;
      const lies = [x - half, y - size * 0.7, x + half, y + size * 0.5];
      const isInside = lies[0] > view[0] && lies[2] < view[0] + view[2];
      if (!isInside || taken.some((o) => lies[0] < o[2] && lies[2] > o[0] && lies[1] < o[3] && lies[3] > o[1])) return;
      taken.push(lies);
      made("text", { x, y: y + size * 0.3, "font-size": size, class: "hv-place" }, svg).textContent = name;
    });
  }

  function buildCells(host, ground, label) {
    const scale = Math.max(1, Math.ceil(900 / Math.max(ground.width, ground.height)));
    const canvas = document.createElement("canvas");
    canvas.width = ground.width * scale;
    canvas.height = ground.height * scale;
    canvas.className = "hv-cells";
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", label);
    host.appendChild(canvas);
    return { kind: "cells", ground, canvas, scale };
  }

  hemvist.shadeOf = (value, breaks, shades) => {
    if (Number.isNaN(value)) return "url(#hv-hatch)";
    let at = 0;
    while (at < breaks.length && value >= breaks[at]) at += 1;
    return shades[at];
  };

  hemvist.paintMap = (map, values, breaks, shades, tell, chosen) => {
    if (!map || !values) return;
    if (map.kind === "cells") return paintCells(map, values);
    map.paths.forEach((path, at) => {
      const fill = hemvist.shadeOf(values[at], breaks, shades);
      if (path.hvFill !== fill) { path.style.fill = fill; path.hvFill = fill; }
      path.classList.toggle("hv-chosen", at === chosen);
      const said = tell(at, values[at]);
      if (path.hvSaid !== said) {
        path.firstChild.textContent = said;
        path.setAttribute("aria-label", said);
        path.hvSaid = said;
      }
    });
  };

  function paintCells(map, values) {
    const pen = map.canvas.getContext("2d");
    pen.fillStyle = "#ffffff";
    pen.fillRect(0, 0, map.canvas.width, map.canvas.height);
    for (let at = 0; at < values.length; at++) {
      if (Number.isNaN(values[at])) continue;
      pen.fillStyle = CELLS[values[at] % CELLS.length];
      const x = (at % map.ground.width) * map.scale, y = Math.floor(at / map.ground.width) * map.scale;
      pen.fillRect(x, y, map.scale - (map.scale > 3 ? 1 : 0), map.scale - (map.scale > 3 ? 1 : 0));
    }
  }
})();

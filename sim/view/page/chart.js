// A small chart over the months: lines with a name at their end, a band, the level of chance, flags, the month shown.
(() => {
  const colours = () => {
    const style = getComputedStyle(document.documentElement);
    return (name) => style.getPropertyValue(`--hv-${name}`).trim();
  };

  function nice(top) {
    const power = 10 ** Math.floor(Math.log10(top || 1));
    return [1, 1.5, 2, 3, 4, 5, 6, 8, 10].map((k) => k * power).find((k) => k >= top * 0.999) || top;
  }

  // The axis of a measure is the same in all panels, begins at 0, and grows only if a line would leave it.
  const tops = {};
  hemvist.forgetAxes = () => Object.keys(tops).forEach((name) => delete tops[name]);
  function top(chart, lines) {
    const most = Math.max(0, ...lines.flatMap((line) => line.values.filter((v) => !Number.isNaN(v))));
    if (!(tops[chart.id] >= most)) {
      const wanted = nice(Math.max(most * 1.25, tops[chart.id] || 0));
      tops[chart.id] = chart.most ? Math.min(wanted, chart.most) : wanted;
    }
    return tops[chart.id];
  }

  hemvist.drawChart = (canvas, chart, ground, lines, options) => {
    const width = canvas.clientWidth, height = canvas.clientHeight, big = options.isBig;
    if (!width || !height) return;
    const ratio = Math.max(2, window.devicePixelRatio || 1);
    if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) { canvas.width = Math.round(width * ratio); canvas.height = Math.round(height * ratio); }
    const pen = canvas.getContext("2d"), tone = colours(), size = big ? 18 : 11.5;
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.clearRect(0, 0, width, height);
    pen.font = `${size}px system-ui, sans-serif`;
    const drawn = lines.filter((line) => line.values.length);
    const most = top(chart, drawn.concat(options.extra || []));
    const decimals = chart.factor * most >= 10 ? 0 : chart.factor * most >= 1 ? 1 : 2;
    const ticks = [0, most / 2, most].map((v) => [v, hemvist.number(v * chart.factor, decimals)]);
    const left = Math.max(...ticks.map(([, text]) => pen.measureText(text).width)) + 8;
    const right = width - (big ? 12 : 8), floor = height - size - 8, roof = size * 0.9;
    const x = (month) => left + (month / ground.months) * (right - left);
    const y = (v) => floor - (v / most) * (floor - roof);
    const stops = options.isRounds ? rounds(ground, left, right, size) : years(ground, left, right, size);
    axes(pen, tone, ticks, stops, { left, right, floor, x, y, size });
    if (options.band) band(pen, tone, options.band, x, y);
    if (options.chance) line(pen, options.chance, x, y, { colour: tone("chance"), dash: [2, 3], width: 1 });
    drawn.forEach((one) => line(pen, one.values, x, y, { colour: tone(one.tone), dash: one.dash || [], width: big ? 4 : 2 }));
    flags(pen, tone, options.flags || [], { x, roof, floor, size });
    cursor(pen, tone, drawn, options.month, { x, y, roof, floor, big });
  };

  // Where the axis of time is marked: a month, and what is written there.
  function stopsOf(length, steps, room, name) {
    const step = steps.find((n) => length / n <= room) || steps[steps.length - 1];
    return Array.from({ length: Math.floor(length / step) + 1 }, (_, k) => name(k * step));
  }
  function years(ground, left, right, size) {
    const room = Math.max(1, (right - left) / (size * 4.6));
    return stopsOf(ground.months / 12, [1, 2, 5, 10, 20], room, (year) => [year * 12, String(hemvist.year(ground, year * 12))]);
  }
  function rounds(ground, left, right, size) {
    const room = Math.max(1, (right - left) / (size * 4.6));
    return stopsOf(ground.months, [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000], room, (round) => [round, String(round)]);
  }

  function axes(pen, tone, ticks, stops, { left, right, floor, x, y, size }) {
    pen.textBaseline = "middle";
    pen.textAlign = "right";
    ticks.forEach(([v, text]) => {
      pen.strokeStyle = tone("rule");
      pen.lineWidth = 1;
      pen.beginPath(); pen.moveTo(left, y(v)); pen.lineTo(right, y(v)); pen.stroke();
      pen.fillStyle = tone("soft");
      pen.fillText(text, left - 5, y(v));
    });
    pen.textBaseline = "alphabetic";
    stops.forEach(([month, text], k) => {
      pen.textAlign = k === 0 ? "left" : k === stops.length - 1 && x(month) > right - size * 2 ? "right" : "center";
      pen.fillText(text, x(month), floor + size + 3);
    });
  }

  function line(pen, values, x, y, { colour, dash, width }) {
    pen.strokeStyle = colour;
    pen.lineWidth = width;
    pen.lineJoin = "round";
    pen.setLineDash(dash);
    pen.beginPath();
    let isDown = false;
    values.forEach((v, month) => {
      if (Number.isNaN(v)) { isDown = false; return; }
      if (isDown) pen.lineTo(x(month), y(v)); else pen.moveTo(x(month), y(v));
      isDown = true;
    });
    pen.stroke();
    pen.setLineDash([]);
  }

  function band(pen, tone, { low, high }, x, y) {
    const known = low.map((v, month) => month).filter((month) => !Number.isNaN(low[month]));
    if (known.length < 2) return;
    pen.fillStyle = tone("band");
    pen.beginPath();
    known.forEach((month, k) => (k ? pen.lineTo(x(month), y(high[month])) : pen.moveTo(x(month), y(high[month]))));
    known.slice().reverse().forEach((month) => pen.lineTo(x(month), y(low[month])));
    pen.fill();
  }

  function flags(pen, tone, months, { x, roof, floor, size }) {
    months.forEach((month, k) => {
      pen.strokeStyle = tone("flag");
      pen.lineWidth = 1;
      pen.beginPath(); pen.moveTo(x(month), roof); pen.lineTo(x(month), floor); pen.stroke();
      pen.fillStyle = tone("flag");
      pen.textAlign = "center";
      pen.fillText(String(k + 1), x(month), roof - 1 < size * 0.8 ? size * 0.8 : roof - 1);
    });
  }

  function cursor(pen, tone, lines, month, { x, y, roof, floor, big }) {
    pen.strokeStyle = tone("ink");
    pen.lineWidth = 1;
    pen.globalAlpha = 0.35;
    pen.beginPath(); pen.moveTo(x(month), roof); pen.lineTo(x(month), floor); pen.stroke();
    pen.globalAlpha = 1;
    lines.forEach((one) => {
      const v = one.values[Math.min(month, one.values.length - 1)];
      if (Number.isNaN(v) || v === undefined) return;
      pen.fillStyle = tone(one.tone);
      pen.beginPath(); pen.arc(x(Math.min(month, one.values.length - 1)), y(v), big ? 6 : 3.5, 0, 7); pen.fill();
    });
  }
})();

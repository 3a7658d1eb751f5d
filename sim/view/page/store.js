// What the page knows of the films it shows, and its clock: one store per browser tab.
window.hemvist = (() => {
  const films = {};
  const listeners = new Set();
  const clock = { month: 0, isPlaying: false, perSecond: 8, until: null };
  let queued = false;

  // Everything is drawn at most once per picture of the screen.
  function changed() {
    if (queued) return;
    queued = true;
    requestAnimationFrame(() => {
      queued = false;
      listeners.forEach((draw) => draw());
    });
  }

  function listen(draw) {
    listeners.add(draw);
    changed();
    return () => listeners.delete(draw);
  }

  // One parcel of the server: the ground of a new film, and months that follow each other.
  function take(parcel) {
    const { meta, data } = parcel;
    if (!meta || !meta.name) return;
    let film = films[meta.name];
    if (!film || film.gen !== meta.gen) {
      const kept = film && meta.keep ? film.rows.slice(0, meta.keep) : [];
      film = films[meta.name] = { gen: meta.gen, ground: (film && film.ground) || null, rows: kept };
    }
    if (meta.ground) film.ground = meta.ground;
    film.state = meta.state;
    film.ahead = meta.ahead;
    if (meta.n && film.ground) {
      const width = film.ground.layers.length * film.ground.nPlaces + film.ground.measures.length;
      const floats = new Float32Array(data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength));
      for (let k = 0; k < meta.n; k++) film.rows[meta.first + k] = floats.subarray(k * width, (k + 1) * width);
    }
    changed();
  }

  function have(name) {
    return films[name] ? films[name].rows.length : 0;
  }

  function film(name) {
    const found = films[name];
    return found && found.ground && found.rows.length ? found : null;
  }

  function ground() {
    const found = Object.values(films).find((one) => one.ground && one.rows.length);
    return found ? found.ground : null;
  }

  function forget(names) {
    Object.keys(films).forEach((name) => { if (!names.includes(name)) delete films[name]; });
    changed();
  }

  // A town that came to rest stays as it ended.
  function row(found, month) {
    return found.rows[Math.min(Math.max(month, 0), found.rows.length - 1)];
  }

  function place(name, layer, month) {
    const found = film(name);
    if (!found) return null;
    const at = found.ground.layers.findIndex((one) => one.id === layer);
    if (at < 0) return null;
    return row(found, month).subarray(at * found.ground.nPlaces, (at + 1) * found.ground.nPlaces);
  }

  // A measure over the months; "smooth" months are averaged backwards where single months jump.
  function series(name, at, smooth) {
    const found = film(name);
    if (!found || at < 0) return [];
    const offset = found.ground.layers.length * found.ground.nPlaces + at;
    const raw = found.rows.map((one) => one[offset]);
    if (!(smooth > 1)) return raw;
    return raw.map((_, month) => {
      const some = raw.slice(Math.max(0, month - smooth + 1), month + 1).filter((v) => !Number.isNaN(v));
      return some.length ? some.reduce((a, b) => a + b, 0) / some.length : NaN;
    });
  }

  function value(name, at, month, smooth) {
    const all = series(name, at, smooth);
    return all.length ? all[Math.min(month, all.length - 1)] : NaN;
  }

  // The clock plays only what all films on the page have shown.
  function lastMonth() {
    const all = Object.values(films);
    if (!all.length) return 0;
    return Math.min(...all.map((one) => (one.state === "done" && one.ground ? one.ground.months : Math.max(one.rows.length - 1, 0))));
  }

  // Where playing stops: at the month asked for, or when every town on the page has come to rest.
  function end() {
    const all = Object.values(films), found = ground();
    const asked = clock.until !== null ? clock.until : found ? found.months : 0;
    const isOver = all.every((one) => one.state === "done");
    return isOver ? Math.min(asked, Math.max(...all.map((one) => one.rows.length - 1))) : asked;
  }

  function seek(month) {
    const found = ground();
    clock.wanted = null;
    clock.month = Math.min(Math.max(Math.round(month), 0), Math.min(lastMonth(), found ? found.months : 0));
    changed();
  }

  // To a month that may not have been computed yet, and on from there.
  function go(month, runs) {
    clock.isPlaying = false;
    clock.wanted = month;
    clock.month = Math.min(month, lastMonth());
    clock.isPlaying = runs;
    changed();
  }

  let last = 0;
  function tick(now) {
    if (clock.wanted && clock.month < clock.wanted && clock.month < lastMonth()) {
      clock.month = Math.min(clock.wanted, lastMonth());
      changed();
    } else if (clock.wanted && clock.month >= clock.wanted) clock.wanted = null;
    if (clock.isPlaying && !clock.wanted && now - last >= 1000 / clock.perSecond) {
      last = now;
      if (clock.month >= end()) clock.isPlaying = false;
      else if (clock.month < lastMonth()) clock.month += 1;
      changed();
    }
    requestAnimationFrame(tick);
  }
  requestAnimationFrame(tick);

  function play(isPlaying) {
    if (isPlaying && clock.month >= end()) { clock.month = 0; clock.until = null; }
    clock.isPlaying = isPlaying;
    changed();
  }

  return {
    films, clock, take, have, film, ground, forget, place, series, value, lastMonth, seek, go, play, listen, changed,
    chosen: { place: -1, layer: null, mode: "mine" }, language: "en",
  };
})();

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
    const known = Object.values(films).filter((one) => one.ground);
    if (!known.length) return 0;
    return Math.min(...known.map((one) => one.state === "done" ? one.ground.months : Math.max(one.rows.length - 1, 0)));
  }

  function seek(month) {
    const found = ground();
    clock.month = Math.min(Math.max(Math.round(month), 0), Math.min(lastMonth(), found ? found.months : 0));
    changed();
  }

  let last = 0;
  function tick(now) {
    if (clock.isPlaying && now - last >= 1000 / clock.perSecond) {
      last = now;
      const found = ground();
      const end = clock.until !== null ? clock.until : found ? found.months : 0;
      if (clock.month >= end) clock.isPlaying = false;
      else if (clock.month < lastMonth()) clock.month += 1;
      changed();
    }
    requestAnimationFrame(tick);
  }
  requestAnimationFrame(tick);

  function play(isPlaying) {
    const found = ground();
    if (isPlaying && found && clock.month >= found.months) clock.month = 0;
    clock.isPlaying = isPlaying;
    changed();
  }

  return {
    films, clock, take, have, film, ground, forget, place, series, value, lastMonth, seek, play, listen, changed,
    chosen: { place: -1, layer: null, mode: "mine" }, language: "en",
  };
})();

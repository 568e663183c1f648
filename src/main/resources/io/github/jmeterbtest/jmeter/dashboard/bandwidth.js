"use strict";
(() => {
  const run = JSON.parse(document.getElementById("data").textContent);
  const byId = id => document.getElementById(id);
  const CHARTS_AT_ONCE = 12;
  const CHART_HEIGHT = 220;
  const LATENCY_HEIGHT = 140;
  // labels show whole seconds, so no tick stands between two of them
  const SECONDS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400, 604800];
  const RATE_UNITS = ["bit/s", "kbit/s", "Mbit/s", "Gbit/s", "Tbit/s"];
  const BYTE_UNITS = ["B", "kB", "MB", "GB", "TB", "PB"];

  const element = (name, text, className) => {
    const made = document.createElement(name);
    if (text !== undefined) made.textContent = text;
    if (className) made.className = className;
    return made;
  };

  // ---- numbers as people read them

  const scaled = (value, units) => {
    let step = 0;
    while (value >= 999.95 && step < units.length - 1) {
      value /= 1000;
      step++;
    }
    return (step === 0 ? Math.round(value) : value.toFixed(1)) + " " + units[step];
  };
  /** The same for an axis, where all ticks are round. */
  const tick = units => value => scaled(value, units).replace(".0 ", " ");
  const rate = value => value === undefined || value === null ? "–" : scaled(value, RATE_UNITS);
  const volume = bytes => scaled(bytes, BYTE_UNITS);
  const percent = value => value === undefined ? "–" : Number(value.toPrecision(3)) + " %";
  const millis = value => value === undefined || value === null ? "–"
    : value.toFixed(value < 9.995 ? 2 : value < 999.95 ? 1 : 0) + " ms";
  const seconds = value => value.toFixed(1) + " s";
  const time = iso => new Date(iso).toLocaleString(undefined, {dateStyle: "medium", timeStyle: "medium"});
  const clock = epochSeconds => new Date(epochSeconds * 1000).toLocaleTimeString();

  // ---- what was tested in a test

  const received = test => test.direction ? test.direction !== "transmit" : test.rx > 0 || !(test.tx > 0);
  const transmitted = test => test.direction ? test.direction !== "receive" : test.tx > 0;
  const datagrams = test => test.lossPercent !== undefined || test.protocol === "udp" || test.lost > 0;
  const slowest = test => {
    const rates = [];
    if (test.rx !== undefined && received(test)) rates.push(test.rx);
    if (test.tx !== undefined && transmitted(test)) rates.push(test.tx);
    return rates.length ? Math.min(...rates) : -1;
  };
  const urgent = (a, b) => a.passed - b.passed || slowest(a) - slowest(b) || a.index - b.index;
  run.tests.forEach((test, index) => test.index = index);

  const notes = test => {
    const said = [];
    if (test.trial) said.push("trial of a search");
    if (test.cpuLimited) said.push("limited by this machine's CPU");
    if (test.hostDropped) said.push("this host dropped " + test.hostDropped + " of the lost datagrams");
    return said.join("; ");
  };

  // ---- head and summary

  byId("when").textContent = (run.started ? time(run.started) + " – " + time(run.ended) + ", " : "") + run.source;
  document.title = "Bandwidth report " + (run.started ? time(run.started) : run.source);
  // a search is one test, whatever it tried
  const trials = run.tests.filter(test => test.trial).length;
  const counted = run.tests.filter(test => !test.trial).concat(run.searches || []);
  const failures = counted.filter(test => !test.passed).length;
  const sumOf = get => run.tests.reduce((sum, test) => sum + get(test), 0);
  const tile = (value, label, className) => {
    const item = element("li", undefined, className);
    item.append(element("b", value), label);
    byId("summary").append(item);
  };
  tile(counted.length, counted.length === 1 ? "test" : "tests");
  tile(counted.length - failures, "passed", failures ? "" : "good");
  tile(failures, "failed", failures ? "bad" : "");
  if (trials) tile(trials, trials === 1 ? "search trial" : "search trials");
  tile(volume(sumOf(test => test.rxBytes)), "received");
  tile(volume(sumOf(test => test.txBytes)), "sent");

  // ---- table

  const has = get => run.tests.some(test => get(test) !== undefined);
  const columns = [
    {head: "Result", text: true, key: test => test.passed ? 1 : 0,
      show: test => test.passed ? "✓ passed" : "✗ failed", className: test => test.passed ? "passed" : "failed"},
    {head: "Name", text: true, key: test => test.name.toLowerCase(), show: test => test.name, name: true},
    {head: "Protocol", text: true, key: test => test.protocol || "", show: test => test.protocol || "–",
      only: test => test.protocol},
    {head: "Direction", text: true, key: test => test.direction || "", show: test => test.direction || "–",
      only: test => test.direction},
    ...[["Receive", "rx", "Rx", received], ["Transmit", "tx", "Tx", transmitted]].flatMap(([head, key, part, is]) =>
      [[head, key], [part + " min", "min" + part], [part + " max", "max" + part]].map(([title, field]) => {
        const value = test => is(test) ? test[field] : undefined;
        return {head: title, key: test => value(test) ?? -1, show: test => rate(value(test)), only: value};
      })),
    {head: "Loss", key: test => test.lossPercent ?? -1, show: test => percent(test.lossPercent),
      only: test => test.lossPercent},
    {head: "Latency idle", key: test => test.idleRttMs ?? -1, show: test => millis(test.idleRttMs),
      only: test => test.idleRttMs},
    {head: "Latency loaded", key: test => test.rttMs ?? -1, show: test => millis(test.rttMs), only: test => test.rttMs},
    {head: "Volume", key: test => test.rxBytes + test.txBytes, show: test => volume(test.rxBytes + test.txBytes)},
    {head: "Duration", key: test => test.seconds, show: test => seconds(test.seconds)},
  ].filter(column => !column.only || has(column.only));

  let order = {compare: urgent};
  const heads = columns.map(column => {
    const head = element("th", undefined, column.text ? "text" : "");
    head.scope = "col";
    const button = element("button", column.head);
    button.type = "button";
    button.addEventListener("click", () => sortBy(column, head));
    head.append(button);
    byId("heads").append(head);
    return head;
  });

  function sortBy(column, head) {
    // words from A on, numbers from the largest on; the second click turns it round
    const same = order.column === column;
    const ascending = same ? !order.ascending : Boolean(column.text);
    const sign = ascending ? 1 : -1;
    order = {column, ascending, compare: (a, b) => {
      const left = column.key(a), right = column.key(b);
      return (left < right ? -sign : left > right ? sign : 0) || a.index - b.index;
    }};
    heads.forEach(each => each.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", ascending ? "ascending" : "descending");
    show();
  }

  function row(test) {
    const line = element("tr", undefined, "test");
    for (const column of columns) {
      const cell = element("td", column.show(test), column.text ? "text" : "");
      if (column.className) cell.classList.add(column.className(test));
      if (column.name) cell.classList.add("name");
      line.append(cell);
    }
    const said = [[test.reason, "reason"], [notes(test), "note"]].filter(([text]) => text);
    if (!said.length) return [line];
    // below, over the whole width
    const below = element("tr");
    const cell = element("td", undefined, "text");
    cell.colSpan = columns.length - 1;
    cell.append(...said.map(([text, kind]) => element("span", text, kind)));
    below.append(element("td"), cell);
    return [line, below];
  }

  // ---- plots

  const colour = name => getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
  const plots = new Set();
  const widths = new ResizeObserver(entries => {
    for (const {target, contentRect} of entries) {
      if (target.plot && contentRect.width > 0) {
        target.plot.setSize({width: contentRect.width, height: target.plot.height});
      }
    }
  });

  /** Each interval is a step from its start to its end. */
  function steps(intervals, origin) {
    const x = [], rx = [], tx = [], packets = [], rtt = [];
    intervals.forEach((interval, index) => {
      const start = interval.start - origin;
      const before = index ? intervals[index - 1].start + intervals[index - 1].seconds - origin : start;
      if (start - before > 0.0015) {
        x.push(before); rx.push(null); tx.push(null); packets.push(null); rtt.push(null);
      }
      x.push(start);
      rx.push(interval.rx ?? null);
      tx.push(interval.tx ?? null);
      rtt.push(interval.rttMs ?? null);
      packets.push(interval.seconds > 0 ? interval.lost / interval.seconds : interval.lost);
      if (index === intervals.length - 1) {
        x.push(start + interval.seconds); rx.push(rx.at(-1)); tx.push(tx.at(-1)); packets.push(packets.at(-1));
        rtt.push(rtt.at(-1));
      }
    });
    return {x, rx, tx, packets, rtt};
  }

  function plot(box, data, options) {
    const shown = [data.x];
    const axis = {stroke: colour("text"), grid: {stroke: colour("line"), width: 1}, ticks: {stroke: colour("line")}};
    const line = (label, name, scale, format, dash) => ({
      label, scale, stroke: colour(name), width: 2, dash, points: {show: false},
      paths: uPlot.paths.stepped({align: 1}), value: (self, value) => value === null ? "–" : format(value)});
    const series = [{label: options.time, value: (self, value) => value === null ? "–" : options.at(value)}];
    if (options.receives) {
      series.push(line("receive", "receive", "rate", rate));
      shown.push(data.rx);
    }
    if (options.transmits) {
      series.push(line("transmit", "transmit", "rate", rate, [6, 3]));
      shown.push(data.tx);
    }
    const times = {...axis, incrs: SECONDS, space: options.space, values: (self, ticks) => ticks.map(options.tick)};
    const axes = options.latency
      ? [times, {...axis, scale: "rtt", size: 90, values: (self, ticks) => ticks.map(value => value + " ms")}]
      : [times, {...axis, scale: "rate", size: 90, values: (self, ticks) => ticks.map(tick(RATE_UNITS))}];
    if (options.latency) {
      series.push(line("latency", "latency", "rtt", millis));
      shown.push(data.rtt);
    }
    if (options.loses) {
      series.push(line("lost/s", "lost", "lost", value => Math.round(value).toString(), [2, 2]));
      shown.push(data.packets);
      axes.push({...axis, scale: "lost", side: 1, size: 64, grid: {show: false},
        values: (self, ticks) => ticks.map(value => value >= 10000 ? Math.round(value / 1000) + "k" : value)});
    }
    const fromZero = (self, min, max) => [0, max > 0 ? max * 1.08 : 1];
    box.plot = new uPlot({
      width: Math.max(280, box.clientWidth), height: options.latency ? LATENCY_HEIGHT : CHART_HEIGHT, series, axes,
      padding: [null, 34, null, null], // room for half of the last time
      scales: {x: {time: false}, rate: {range: fromZero}, lost: {range: fromZero},
        rtt: {range: fromZero}},
      cursor: {points: {size: 7}},
    }, shown, box);
    plots.add(box);
    widths.observe(box);
  }

  function chart(test) {
    const card = element("article", undefined, "chart");
    card.append(element("h3", test.name));
    if (test.reason) card.append(element("p", test.reason, "reason"));
    if (notes(test)) card.append(element("p", notes(test), "note"));
    const box = element("div");
    card.append(box);
    if (!test.intervals.length) {
      box.append(element("p", "No intervals in the results file.", "none"));
      return card;
    }
    const probed = test.intervals.some(interval => interval.rttMs !== undefined);
    const below = element("div");
    if (probed) card.append(below);
    card.draw = () => {
      const data = steps(test.intervals, test.intervals[0].start);
      const axis = {time: "after", at: value => value.toFixed(1) + " s", tick: value => value + " s", space: 50};
      plot(box, data, {...axis, receives: received(test), transmits: transmitted(test),
        loses: test.intervals.some(interval => interval.lost > 0)});
      if (probed) plot(below, data, {...axis, latency: true});
    };
    return card;
  }

  // ---- searches: the highest rates over the packet size

  const STROKES = [["receive"], ["transmit", [6, 3]], ["lost", [2, 2]], ["latency", [10, 4]]];

  function search(found) {
    const card = element("article", undefined, "chart");
    card.append(element("h3", found.name));
    if (found.reason) card.append(element("p", found.reason, "reason"));
    const sizes = [...new Set(found.rates.map(each => each.size))].sort((a, b) => a - b);
    const names = [...new Set(found.rates.map(each => each.name))];
    const at = (name, size) => found.rates.find(each => each.name === name && each.size === size);
    const rates = names.map(name => sizes.map(size => at(name, size)?.rate ?? null));
    const cell = (name, size) => {
      const {rate: known = null, note} = at(name, size) || {};
      return element("td", note ? `${rate(known)} (${note})` : rate(known));
    };
    const scroll = element("div", undefined, "scroll");
    const table = element("table");
    const head = element("tr");
    head.append(element("th", "Size"), ...names.map(name => element("th", name)));
    table.append(head);
    sizes.forEach(size => {
      const line = element("tr");
      line.append(element("td", size), ...names.map(name => cell(name, size)));
      table.append(line);
    });
    scroll.append(table);
    const box = element("div");
    card.append(box, scroll);
    card.draw = () => drawRates(box, sizes, names, rates);
    return card;
  }

  function drawRates(box, sizes, names, rates) {
    if (sizes.length < 2) return;
    const axis = {stroke: colour("text"), grid: {stroke: colour("line"), width: 1}, ticks: {stroke: colour("line")}};
    box.plot = new uPlot({
      width: Math.max(280, box.clientWidth), height: CHART_HEIGHT,
      series: [{label: "bytes"}, ...names.map((label, index) => {
        const [name, dash] = STROKES[index % STROKES.length];
        return {label, scale: "rate", stroke: colour(name), width: 2, dash, points: {show: true},
          value: (self, value) => value === null ? "–" : rate(value)};
      })],
      axes: [{...axis}, {...axis, scale: "rate", size: 90, values: (self, ticks) => ticks.map(tick(RATE_UNITS))}],
      padding: [null, 34, null, null],
      scales: {x: {time: false}, rate: {range: (self, min, max) => [0, max > 0 ? max * 1.08 : 1]}},
    }, [sizes, ...rates], box);
    widths.observe(box);
  }

  function showSearches() {
    for (const box of [...byId("searches").querySelectorAll("div")].filter(box => box.plot)) {
      widths.unobserve(box);
      box.plot.destroy();
    }
    const cards = matching(run.searches || []).map(search);
    byId("found").hidden = cards.length === 0;
    byId("searches").replaceChildren(...cards);
    cards.slice(0, CHARTS_AT_ONCE).forEach(card => card.draw());
  }

  /** At each moment the sum of the tests that run then. */
  function sums() {
    const changes = [];
    for (const test of run.tests) {
      for (const interval of test.intervals) {
        changes.push([interval.start, 1, interval]);
        changes.push([interval.start + interval.seconds, -1, interval]);
      }
    }
    changes.sort((a, b) => a[0] - b[0]);
    const x = [], rx = [], tx = [];
    const sum = {rx: 0, tx: 0}, unknown = {rx: 0, tx: 0};
    const shown = way => unknown[way] > 0 ? null : Math.max(0, Math.round(sum[way]));
    for (let i = 0; i < changes.length; i++) {
      const [at, sign, interval] = changes[i];
      for (const way of ["rx", "tx"]) {
        if (interval[way] === undefined) unknown[way] += sign;
        else sum[way] += sign * interval[way];
      }
      if (i + 1 < changes.length && changes[i + 1][0] - at < 0.0005) continue;
      x.push(at); rx.push(shown("rx")); tx.push(shown("tx"));
    }
    return {x, rx, tx};
  }

  // ---- what is shown

  let shown = CHARTS_AT_ONCE;
  function matching(tests) {
    const words = byId("search").value.toLowerCase();
    return tests
      .filter(test => !byId("failed").checked || !test.passed)
      .filter(test => (test.name + "\n" + (test.reason || "")).toLowerCase().includes(words));
  }

  function show() {
    const tests = matching(run.tests).sort(order.compare);
    byId("rows").replaceChildren(...tests.flatMap(row));
    byId("count").textContent = tests.length === run.tests.length ? "" : tests.length + " of " + run.tests.length;
    const cards = tests.slice(0, shown).map(chart);
    for (const box of [...plots].filter(box => box.id !== "sum")) {
      widths.unobserve(box);
      box.plot.destroy();
      plots.delete(box);
    }
    byId("charts").replaceChildren(...cards);
    cards.forEach(card => card.draw && card.draw());
    byId("more").hidden = tests.length <= shown;
    byId("more").textContent = "Show more (" + (tests.length - shown) + " left)";
  }

  function showSum() {
    const data = sums();
    byId("overview").hidden = run.tests.length < 2 || data.x.length < 2;
    if (byId("overview").hidden) return;
    if (byId("sum").plot) byId("sum").plot.destroy();
    plot(byId("sum"), data, {
      receives: run.tests.some(received), transmits: run.tests.some(transmitted),
      time: "at", at: clock, tick: clock, space: 110});
  }

  const changed = () => {
    shown = CHARTS_AT_ONCE;
    show();
    showSearches();
  };
  byId("search").addEventListener("input", changed);
  byId("failed").addEventListener("change", changed);
  byId("more").addEventListener("click", () => {
    shown += 4 * CHARTS_AT_ONCE;
    show();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    showSum();
    show();
    showSearches();
  });
  showSum();
  show();
  showSearches();
})();

/**
 * Charts in SVG: bands of many runs over time, and curves over a knob. Knows D3 and nothing of the page.
 *
 * What a chart must look like is set as attributes, not by a style sheet, so that a picture of it
 * saved as a file looks the same.
 */
import {d3} from "../vendor/d3.js";

export const INK = "#1b1b1b";
export const COLOURS = {
  execution: "#D55E00", discovery: "#0072B2", cultivate: "#0072B2", mandate: "#D55E00",
  value: "#009E73", waste: "#E69F00", nothing: "#8a8a8a", practised: "#0072B2",
};
/** The same meanings, dark enough for text on white. */
export const TEXT_COLOURS = {
  execution: "#A84600", discovery: "#005A8E", cultivate: "#005A8E", mandate: "#A84600",
  value: "#00704F", waste: "#8A5A00", nothing: "#555555", practised: "#005A8E",
};
const FONT = "system-ui, -apple-system, 'Segoe UI', 'Noto Sans', 'DejaVu Sans', Arial, sans-serif";
let clips = 0;

const fixed = {letters: null};

/** Takes letters of one size, as on paper; null: as large as the screen asks for. */
export function fixLetters(size) {
  fixed.letters = size;
}

/** Size of letters: 14 px at 1280 x 720, larger on larger screens. */
export function letterSize() {
  return fixed.letters || Math.max(14, Math.round(window.innerWidth / 91));
}

export function textNode(group, x, y, text, options = {}) {
  return group.append("text")
    .attr("x", x).attr("y", y).attr("font-size", options.size || letterSize()).attr("font-family", FONT)
    .attr("font-weight", options.bold ? 700 : 400).attr("fill", options.fill || INK)
    .attr("text-anchor", options.anchor || "start").attr("dominant-baseline", options.baseline || "auto")
    .attr("paint-order", "stroke").attr("stroke", "#ffffff").attr("stroke-width", 4).attr("stroke-linejoin", "round")
    .text(text);
}

export function lineNode(group, x1, y1, x2, y2, options = {}) {
  return group.append("line").attr("x1", x1).attr("y1", y1).attr("x2", x2).attr("y2", y2)
    .attr("stroke", options.stroke || INK).attr("stroke-width", options.width || 1.5)
    .attr("stroke-dasharray", options.dash || null);
}

/** Moves labels apart that would lie on one another; keeps them within low..high. */
export function spread(places, gap, low, high) {
  const order = places.map((y, index) => ({y, index})).sort((a, b) => a.y - b.y);
  for (let i = 1; i < order.length; i++) order[i].y = Math.max(order[i].y, order[i - 1].y + gap);
  if (order.length) {
    order[order.length - 1].y = Math.min(order[order.length - 1].y, high);
    for (let i = order.length - 2; i >= 0; i--) order[i].y = Math.min(order[i].y, order[i + 1].y - gap);
    for (let i = 0; i < order.length; i++) order[i].y = Math.max(order[i].y, low + i * gap);
  }
  const moved = [];
  for (const {y, index} of order) moved[index] = y;
  return moved;
}

/** The axes' ink: few lines, large letters. */
export function styleAxis(group) {
  group.selectAll("text").attr("font-size", letterSize()).attr("font-family", FONT).attr("fill", INK);
  group.selectAll(".domain").attr("stroke", "#767676");
  group.selectAll(".tick line").attr("stroke", "#dddddd");
}

/** Moves a label sideways so far that no letter is beyond the chart. */
export function keepInside(label, width) {
  const long = label.node().getComputedTextLength();
  const anchor = label.attr("text-anchor");
  const x = Number(label.attr("x"));
  const left = anchor === "end" ? x - long : anchor === "middle" ? x - long / 2 : x;
  const shift = left + long > width - 2 ? Math.max(width - 2 - left - long, 2 - left) : left < 2 ? 2 - left : 0;
  if (shift) label.attr("x", x + shift);
  return label;
}

/** What an upright axis from 0 to a top says. */
export function tickLabels(top, count, format) {
  return d3.scaleLinear([0, top], [1, 0]).ticks(count).map(format);
}

/** Width that the labels of an upright axis take. */
export function roomForTicks(labels) {
  return letterSize() * (0.9 + 0.58 * Math.max(3, ...labels.map((label) => label.length)));
}

/** Empties a host and gives a fresh drawing of the host's size. */
export function freshDrawing(host, label) {
  const width = Math.max(120, host.clientWidth);
  const height = Math.max(60, host.clientHeight);
  host.replaceChildren();
  const svg = d3.select(host).append("svg").attr("width", width).attr("height", height)
    .attr("viewBox", `0 0 ${width} ${height}`).attr("role", "img").attr("aria-label", label);
  return {svg, width, height};
}

/**
 * Bands over time. The picture ends at the cursor; what lies behind it is not drawn.
 *
 * @typedef {{q10: number[], q25: number[], q50: number[], q75: number[], q90: number[]}} Bands
 * @typedef {{name: string, label: string, bands: Bands, sample: ?number[], dash: ?string}} Series
 */
export class BandChart {
  constructor(host) {
    this.host = host;
    this.month = 0;
  }

  /**
   * @param {{series: Series[], cycles: number, top: number, label: string, yFormat: function(number): string,
   *   valueFormat: function(number): string, xTicks: number[], xFormat: function(number): string,
   *   zero: boolean, stop: ?number, ghost: ?{y: number, label: string},
   *   gap: ?{from: number, to: number, label: string, at: ?number, bet: ?string}, shade: ?{from: number, to: number, label: string},
   *   align: ?string[], whole: ?{most: number, label: string}, xAxis: boolean, yTickCount: number}} spec
   */
  draw(spec) {
    this.spec = spec;
    const letter = letterSize();
    const {svg, width, height} = freshDrawing(this.host, spec.label);
    const left = roomForTicks([...tickLabels(spec.top, spec.yTickCount, spec.yFormat), ...(spec.align || [])]);
    const edge = {left, right: letter * (spec.right || 1), top: letter * 0.9, bottom: spec.xAxis ? letter * 1.9 : 8};
    const x = d3.scaleLinear([0, spec.cycles], [edge.left, width - edge.right]);
    const y = d3.scaleLinear([0, spec.top], [height - edge.bottom, edge.top]);
    Object.assign(this, {svg, x, y, width, height, edge});
    this.drawAxes();
    if (spec.shade) this.drawShade(spec.shade);
    const id = `clip-${++clips}`;
    this.clip = svg.append("clipPath").attr("id", id).append("rect").attr("x", 0).attr("y", 0).attr("height", height);
    const inside = svg.append("g").attr("clip-path", `url(#${id})`);
    if (spec.whole) this.drawWhole(inside, spec.whole);
    for (const series of spec.series) this.drawSeries(inside, series);
    if (spec.stop) lineNode(svg, x(spec.stop), y(0), x(spec.stop), edge.top, {stroke: "#767676", dash: "2 4"});
    if (spec.ghost) this.drawGhost(spec.ghost);
    if (spec.gap) this.drawGap(spec.gap);
    this.hand = lineNode(svg, 0, y(0), 0, edge.top, {width: 1.5, dash: "5 4"}).attr("class", "cursor");
    this.labels = spec.series.map((series) => textNode(svg, 0, 0, "", {bold: true, fill: TEXT_COLOURS[series.name]}));
    this.moveCursor(this.month);
  }

  drawAxes() {
    const {svg, x, y, spec, edge} = this;
    const left = d3.axisLeft(y).ticks(spec.yTickCount || 4).tickFormat(spec.yFormat).tickSize(-(this.width - edge.left - edge.right));
    const side = svg.append("g").attr("transform", `translate(${edge.left},0)`).call(left);
    styleAxis(side);
    side.select(".domain").remove();
    const foot = svg.append("g").attr("transform", `translate(0,${y(0)})`);
    const room = letterSize() * (1.2 + 0.58 * spec.xFormat(spec.cycles).length);
    const crowded = (x(spec.cycles) - x(0)) / (spec.xTicks.length - 1) < room;
    const ticks = crowded ? [0, spec.cycles / 2, spec.cycles] : spec.xTicks;
    foot.call(d3.axisBottom(x).tickValues(spec.xAxis ? ticks : []).tickFormat(spec.xFormat).tickSize(0).tickPadding(7));
    styleAxis(foot);
    foot.selectAll("text").attr("text-anchor", (d) => (d === spec.cycles ? "end" : d === 0 ? "start" : "middle"));
  }

  drawSeries(group, series) {
    const {x, y, spec} = this;
    const colour = COLOURS[series.name];
    const start = spec.zero ? [{t: 0, low: 0, high: 0}] : [];
    const between = (low, high) => start.concat(series.bands.q50.map((_, i) => ({t: i + 1, low: low[i], high: high[i]})));
    const shape = d3.area().x((d) => x(d.t)).y0((d) => y(d.low)).y1((d) => y(d.high));
    const bands = series.bands;
    group.append("path").attr("class", "band-80").attr("d", shape(between(bands.q10, bands.q90))).attr("fill", colour).attr("fill-opacity", 0.18);
    group.append("path").attr("class", "band-50").attr("d", shape(between(bands.q25, bands.q75))).attr("fill", colour).attr("fill-opacity", 0.32);
    const stroke = d3.line().x((d) => x(d.t)).y((d) => y(d.low));
    group.append("path").attr("class", "median").attr("data-series", series.name).attr("d", stroke(between(bands.q50, bands.q50)))
      .attr("fill", "none").attr("stroke", colour).attr("stroke-width", 3.5).attr("stroke-dasharray", series.dash || null);
    if (series.sample) {
      group.append("path").attr("class", "one-run").attr("d", stroke(between(series.sample, series.sample)))
        .attr("fill", "none").attr("stroke", INK).attr("stroke-width", 1.6);
    }
  }

  /** A straight line to all there is at the end: what the series are a part of. */
  drawWhole(group, {most, label}) {
    const {x, y, spec} = this;
    lineNode(group, x(0), y(0), x(spec.cycles), y(most), {stroke: "#767676", width: 2});
    const letter = letterSize();
    const middle = textNode(group, x(spec.cycles * 0.5), y(most * 0.5) - letter * 0.6, label, {fill: "#555555", bold: true, anchor: "end"});
    keepInside(middle.attr("class", "whole"), this.width);
  }

  drawShade({from, to, label}) {
    const {svg, x, y, edge} = this;
    svg.append("rect").attr("class", "shade").attr("x", x(from)).attr("y", edge.top).attr("width", x(to) - x(from))
      .attr("height", y(0) - edge.top).attr("fill", "#000000").attr("fill-opacity", 0.08);
    keepInside(textNode(svg, x(from) + 4, y(0) - 8, label, {fill: "#444444"}), this.width);
  }

  /** What the room bet: a dashed line across, which stays. */
  drawGhost({y: level, label}) {
    const {svg, x, y, spec} = this;
    const group = svg.append("g").attr("class", "ghost");
    lineNode(group, x(0), y(level), x(spec.cycles), y(level), {width: 2, dash: "3 5"});
    const above = y(level) - 6 > this.edge.top + letterSize();
    keepInside(textNode(group, x(0) + 8, above ? y(level) - 6 : y(level) + letterSize() + 3, label, {bold: true}), this.width);
  }

  /** The distance between what was bet and what came: a bracket where it is measured, in words at the left. */
  drawGap({from, to, label, bet = null, at: cycle = null}) {
    const {svg, x, y, spec, edge} = this;
    const letter = letterSize();
    const at = x(cycle ?? spec.cycles) - (cycle === null ? 4 : 0);
    const flag = svg.append("g").attr("class", "ghost");
    if (bet) keepInside(textNode(flag, x(0) + 8, edge.top + letter * 0.9, `⚑ ${bet}`, {bold: true}), this.width);
    const group = svg.append("g").attr("class", "gap");
    for (const level of [from, to]) lineNode(group, at - 7, y(level), at + 5, y(level), {width: 2.5});
    lineNode(group, at, y(from), at, y(to), {width: 2.5});
    if (cycle === null) {
      lineNode(group, x(0), y(to), at, y(to), {dash: "2 5"});
      keepInside(textNode(group, x(0) + 8, Math.max(y(to) - 6, edge.top + letter * 2.2), label), this.width);
    } else {
      const left = at + 10 + label.length * letter * 0.6 > this.width;
      const middle = (y(from) + y(to)) / 2 + letter * 0.35;
      keepInside(textNode(group, left ? at - 12 : at + 10, middle, label, {bold: true, anchor: left ? "end" : "start"}), this.width);
    }
  }

  /** Called for every frame: moves the end of the picture and the labels at it. */
  moveCursor(month) {
    this.month = month;
    if (!this.spec) return;
    const {x, y, spec, edge} = this;
    const at = x(Math.min(month, spec.cycles));
    this.clip.attr("width", Math.max(0, at));
    this.hand.attr("x1", at).attr("x2", at);
    const index = Math.round(month) - 1;
    const levels = spec.series.map((series) => {
      const drawn = series.sample || series.bands.q50;
      return drawn[Math.max(0, Math.min(index, drawn.length - 1))];
    });
    const letter = letterSize();
    const wanted = levels.map((level) => (level === undefined ? y(0) : y(level)) - letter * 0.5);
    const places = spread(wanted, letter * 1.25, edge.top + letter * 0.7, y(0) - letter * 0.3);
    spec.series.forEach((series, i) => {
      const empty = levels[i] === undefined || month < 1;
      const text = empty ? "" : `${series.label} ${spec.valueFormat(levels[i])}`;
      const left = at + 8 + text.length * letter * 0.6 > this.width;
      this.labels[i].attr("x", left ? at - 14 : at + 8).attr("y", places[i]).attr("text-anchor", left ? "end" : "start").text(text);
      keepInside(this.labels[i], this.width);
    });
  }
}

/** Dots for "17 in 20 runs": filled for the first world, ringed for the second. */
export function drawDots(host, {total, first, firstName, secondName, label}) {
  const size = 15;
  host.replaceChildren();
  const svg = d3.select(host).append("svg").attr("width", total * size).attr("height", size)
    .attr("viewBox", `0 0 ${total * size} ${size}`).attr("role", "img").attr("aria-label", label);
  for (let i = 0; i < total; i++) {
    const mine = i < first;
    svg.append("circle").attr("cx", i * size + size / 2).attr("cy", size / 2).attr("r", mine ? 6 : 4.75)
      .attr("fill", mine ? COLOURS[firstName] : "#ffffff").attr("stroke", mine ? "none" : COLOURS[secondName]).attr("stroke-width", 2.5);
  }
}

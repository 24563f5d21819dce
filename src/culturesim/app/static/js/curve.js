/** The curve of a knob: how each world does at every level of it, and where the room had bet. */
import {d3} from "../vendor/d3.js";
import {COLOURS, INK, TEXT_COLOURS, freshDrawing, letterSize, lineNode, roomForTicks, spread, styleAxis, textNode} from "./chart.js";

/** Where a level lies on the knob's axis: even steps, as on the slider, also where levels double. */
export function placeOf(level, levels) {
  for (let i = 1; i < levels.length; i++) {
    if (level <= levels[i]) return Math.max(0, i - 1 + (level - levels[i - 1]) / (levels[i] - levels[i - 1]));
  }
  return levels.length - 1;
}

export class CurveChart {
  constructor(host) {
    this.host = host;
  }

  /**
   * @param {{levels: number[], label: string, xLabel: string, yLabel: string, xFormat: function(number): string,
   *   yFormat: function(number): string, worlds: {name: string, label: string, mean: number[], low: number[],
   *   high: number[], dash: ?string}[], bet: ?{level: number, label: string},
   *   truth: ?{level: number, label: string}, gap: ?string, now: ?number, hidden: ?string}} spec
   */
  draw(spec) {
    this.spec = spec;
    const letter = letterSize();
    const {svg, width, height} = freshDrawing(this.host, spec.label);
    const low = Math.min(0, d3.min(spec.worlds, (world) => d3.min(world.low)) ?? 0);
    const high = Math.max(0, d3.max(spec.worlds, (world) => d3.max(world.high)) ?? 1);
    const left = spec.worlds.length ? roomForTicks(d3.scaleLinear([low, high], [1, 0]).nice(4).ticks(5).map(spec.yFormat)) : letter * 3;
    const edge = {left, right: letter * 1.5, top: letter * 2.6, bottom: letter * 3.5};
    const x = d3.scaleLinear([0, spec.levels.length - 1], [edge.left, width - edge.right]);
    const y = d3.scaleLinear([low, high], [height - edge.bottom, edge.top]).nice(4);
    Object.assign(this, {svg, x, y, edge, width, height});
    this.drawAxes();
    const label = textNode(svg, edge.left, letter * 1.1, spec.yLabel, {bold: true});
    label.attr("class", "y-label");
    if (spec.hidden) textNode(svg, (edge.left + width - edge.right) / 2, (edge.top + height - edge.bottom) / 2, spec.hidden, {anchor: "middle", size: letter * 1.3, fill: "#555555"});
    for (const world of spec.worlds) this.drawWorld(world);
    this.drawNames();
    if (spec.now !== null && spec.now !== undefined) this.drawNow(spec.now);
    if (spec.truth) this.drawMark(spec.truth, "truth", 1, null);
    if (spec.bet) this.drawMark(spec.bet, "ghost", 0, "3 5");
    if (spec.bet && spec.truth && spec.gap !== null) this.drawGap();
  }

  drawAxes() {
    const {svg, x, y, spec, edge, width, height} = this;
    const side = svg.append("g").attr("transform", `translate(${edge.left},0)`);
    side.call(d3.axisLeft(y).ticks(5).tickFormat(spec.worlds.length ? spec.yFormat : () => "").tickSize(-(width - edge.left - edge.right)));
    styleAxis(side);
    side.select(".domain").remove();
    const room = (width - edge.left - edge.right) / (letterSize() * 5.5);
    const every = Math.max(1, Math.ceil(spec.levels.length / room));
    const places = spec.levels.map((_, i) => i).filter((i) => i % every === 0);
    const foot = svg.append("g").attr("transform", `translate(0,${height - edge.bottom})`);
    foot.call(d3.axisBottom(x).tickValues(places).tickFormat((i) => spec.xFormat(spec.levels[i])).tickSize(4).tickPadding(5));
    styleAxis(foot);
    textNode(svg, (edge.left + width - edge.right) / 2, height - letterSize() * 0.5, spec.xLabel, {anchor: "middle", bold: true});
    if (spec.worlds.length) lineNode(svg, edge.left, y(0), width - edge.right, y(0), {stroke: "#555555", width: 1.5}).attr("class", "zero");
  }

  drawWorld(world) {
    const {svg, x, y} = this;
    const colour = COLOURS[world.name];
    const points = world.mean.map((mean, i) => ({i, mean, low: world.low[i], high: world.high[i]}));
    svg.append("path").attr("d", d3.area().x((d) => x(d.i)).y0((d) => y(d.low)).y1((d) => y(d.high))(points)).attr("fill", colour).attr("fill-opacity", 0.16);
    svg.append("path").attr("class", "curve").attr("data-series", world.name).attr("d", d3.line().x((d) => x(d.i)).y((d) => y(d.mean))(points))
      .attr("fill", "none").attr("stroke", colour).attr("stroke-width", 4).attr("stroke-dasharray", world.dash || null);
  }

  /** Each curve says its name where the curves are farthest apart. */
  drawNames() {
    const {svg, x, y, spec} = this;
    if (!spec.worlds.length) return;
    const letter = letterSize();
    const marks = [spec.truth, spec.bet].filter(Boolean).map((mark) => placeOf(mark.level, spec.levels));
    const free = (i) => marks.every((place) => Math.abs(place - i) * (x(1) - x(0)) > letterSize() * 4);
    const within = spec.levels.map((_, i) => i).slice(1, -1);
    const inner = within.some(free) ? within.filter(free) : within;
    const apart = (i) => (spec.worlds.length < 2 ? spec.worlds[0].mean[i] : Math.abs(spec.worlds[0].mean[i] - spec.worlds[1].mean[i]));
    const at = inner.reduce((best, i) => (apart(i) > apart(best) ? i : best), inner[0]);
    const order = [...spec.worlds].sort((a, b) => b.mean[at] - a.mean[at]);
    const wanted = order.map((world, i) => y(world.mean[at]) + (i === 0 ? -letter : letter * 1.7));
    const places = spread(wanted, letter * 1.3, this.edge.top + letter, this.height - this.edge.bottom - letter * (spec.truth ? 2 : 0.3));
    const anchor = x(at) > this.width * 0.75 ? "end" : x(at) < this.width * 0.3 ? "start" : "middle";
    order.forEach((world, i) => textNode(svg, x(at), places[i], world.label, {bold: true, size: letter * 1.1, fill: TEXT_COLOURS[world.name], anchor}));
  }

  /** Where the knob stands now. */
  drawNow(level) {
    const {svg, x, spec, edge, height} = this;
    const at = x(placeOf(level, spec.levels));
    svg.append("rect").attr("class", "now").attr("x", at - 5).attr("y", edge.top).attr("width", 10).attr("height", height - edge.top - edge.bottom)
      .attr("fill", "#000000").attr("fill-opacity", 0.1);
  }

  drawMark({level, label}, name, row, dash) {
    const {svg, x, spec, edge, height, width} = this;
    const group = svg.append("g").attr("class", name);
    const at = x(placeOf(level, spec.levels));
    const letter = letterSize();
    lineNode(group, at, height - edge.bottom, at, edge.top + row * letter * 1.4, {width: 2.5, dash});
    group.append("circle").attr("cx", at).attr("cy", height - edge.bottom).attr("r", 8)
      .attr("fill", dash ? "#ffffff" : INK).attr("stroke", INK).attr("stroke-width", 2.5).attr("stroke-dasharray", dash ? "3 2" : null);
    const anchor = at > width * 0.7 ? "end" : at < width * 0.3 ? "start" : "middle";
    textNode(group, at + (anchor === "end" ? -6 : anchor === "start" ? 6 : 0), edge.top + letter * (row * 1.4 - 0.2), label, {bold: true, anchor});
  }

  /** The distance between the bet and what came, along the axis of the knob. */
  drawGap() {
    const {svg, x, spec, edge, height} = this;
    const from = x(placeOf(spec.bet.level, spec.levels));
    const to = x(placeOf(spec.truth.level, spec.levels));
    const group = svg.append("g").attr("class", "gap");
    const at = height - edge.bottom - letterSize() * 1.2;
    lineNode(group, from, at, to, at, {width: 3});
    for (const end of [from, to]) lineNode(group, end, at - 6, end, at + 6, {width: 3});
    textNode(group, (from + to) / 2, at - 8, spec.gap, {bold: true, anchor: "middle"});
  }

  /** The level under a pointer: how the bet is dragged on the chart itself. */
  levelAt(clientX) {
    const {levels} = this.spec;
    const place = this.x.invert(clientX - this.host.getBoundingClientRect().left);
    return levels[Math.max(0, Math.min(levels.length - 1, Math.round(place)))];
  }
}

/** The figure of the widget: a metric's bands of both cultures, on an axis that holds still while knobs move. */
import {BandChart} from "./chart.js";

const ROOM = 0.4;  // an axis is shortened when less than this share of it is used
const TICKS = [1, 2, 5, 10, 12, 20, 24, 25, 50, 60, 100, 120, 200, 250, 500];

export class ExploreFigure {
  constructor(host, told) {
    this.host = host;
    this.told = told;
    this.chart = new BandChart(host);
    this.observer = new ResizeObserver(() => this.redraw());
    this.observer.observe(host);
  }

  close() {
    this.observer.disconnect();
  }

  /** What the metric is, and how it is shown. */
  describe(metric) {
    if (!metric) return "";
    const how = metric.adds_up ? "summed up from the start" : `${this.told.cycle_label ? `${this.told.cycle_label} by ${this.told.cycle_label}` : "cycle by cycle"}`;
    return `${metric.meaning}; ${metric.unit}, ${how}`;
  }

  legend(runs) {
    return runs === 1 ? "Lines: the only run." : `Lines: median of ${runs} runs; bands: the middle 50 % and 80 % of runs.`;
  }

  draw(answer, metric) {
    const known = answer.lines.flatMap((line) => line.q10.concat(line.q90)).filter((value) => value !== null);
    const same = this.settled === answer.metric;
    if (answer.done) this.settled = answer.metric;
    this.top = stillEnd(same ? this.top : 0, Math.max(0, ...known), isShare(metric) ? 1 : Infinity);
    this.bottom = -stillEnd(same ? -this.bottom : 0, -Math.min(0, ...known), Infinity);
    if (this.top === 0 && this.bottom === 0) this.top = 1;
    this.answer = answer;
    this.shares = isShare(metric);
    this.addsUp = Boolean(metric && metric.adds_up);
    this.redraw();
  }

  redraw() {
    const {answer, told, chart} = this;
    if (!answer || !answer.lines || !this.host.clientWidth) return;
    const points = answer.lines[0].q50.length;
    const {every} = answer;
    const label = told.cycle_label || "cycle";
    const step = TICKS.find((one) => one * 8 >= answer.cycles) || Math.ceil(answer.cycles / 5);
    const ticks = [];
    for (let cycle = 0; cycle <= answer.cycles; cycle += step) ticks.push(cycle / every);
    chart.draw({
      series: answer.lines.map((line, i) => ({...told.cultures[i], bands: line, sample: null})),
      cycles: points,
      top: this.top,
      bottom: this.bottom,
      label: `${answer.metric.replaceAll("_", " ")} under ${told.cultures.map((one) => one.label).join(" and ")}: median and bands of ${answer.runs} runs`,
      yFormat: (value) => this.format(value, true),
      valueFormat: (value) => this.format(value, false),
      xTicks: ticks,
      xFormat: (tick) => (tick === 0 ? `${label} 0` : String(Math.round(tick * every))),
      zero: this.addsUp,
      xAxis: true,
      yTickCount: 5,
    });
    chart.moveCursor(points);
    chart.hand.attr("display", "none");
  }

  format(value, short) {
    return this.plain(value, short).replace("-", "−");
  }

  /** Numbers as short as an axis wants them, or with three digits that count. */
  plain(value, short) {
    if (this.shares) return `${(100 * value).toLocaleString("en", {maximumSignificantDigits: 3})} %`;
    const size = Math.abs(value);
    if (size >= 10000) return `${(value / 1000).toLocaleString("en", {maximumFractionDigits: short ? 1 : size < 100000 ? 1 : 0})}k`;
    return value.toLocaleString("en", {maximumSignificantDigits: size >= 1000 ? 4 : 3});
  }
}

function isShare(metric) {
  return Boolean(metric) && metric.unit.startsWith("share");
}

/** An end of an axis: the old one as long as it fits, else a round one with some room. */
function stillEnd(old, needed, most) {
  if (needed === 0) return 0;
  if (needed <= old && needed >= ROOM * old) return old;
  const wanted = needed * 1.15;
  const power = 10 ** Math.floor(Math.log10(wanted));
  const round = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].find((part) => part * power >= wanted * 0.999) * power;
  return Math.min(round, most);
}

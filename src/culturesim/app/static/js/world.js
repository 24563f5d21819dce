/** One of the two worlds on the screen: its map, its garden, its charts. */
import {BandChart, COLOURS} from "./chart.js";
import {make} from "./dom.js";
import {Garden} from "./garden.js";
import {CareMap} from "./map.js";
import {amount, number, percent, t} from "./words.js";

const DASHES = {discovery: "9 5", mandate: "9 5"};

export function yearTicks(cycles) {
  const step = cycles > 60 ? 24 : 12;
  const ticks = [];
  for (let month = 0; month <= cycles; month += step) ticks.push(month);
  return ticks;
}

function timeText(cycles) {
  return (month) => (month + 24 > cycles && month > 0 ? t("axis.year", {n: number(month / 12)}) : number(month / 12));
}

export class WorldView {
  constructor(name) {
    this.name = name;
    this.map = make("canvas", {class: "map", role: "img"});
    this.garden = make("canvas", {class: "garden", role: "img"});
    this.areas = make("div", {class: "chart areas"});
    this.nothing = make("div", {class: "chart nothing"});
    this.culture = make("div", {class: "chart culture"});
    this.node = make("section", {class: `world ${name}`, "aria-label": t(`world.${name}`)},
      make("h2", {}, make("span", {class: "world-name", text: t(`world.${name}`)}), make("span", {class: "motto", text: t(`world.${name}.motto`)})),
      make("div", {class: "pictures"}, this.map, this.garden),
      make("div", {class: "charts"}, this.areas, this.nothing, this.culture),
    );
    this.careMap = new CareMap(this.map, COLOURS[name]);
    this.plants = new Garden(this.garden);
    this.areaChart = new BandChart(this.areas);
    this.nothingChart = new BandChart(this.nothing);
    this.cultureChart = new BandChart(this.culture);
  }

  visible(node) {
    return node.clientHeight > 0 && getComputedStyle(node).display !== "none";
  }

  showRun(replay, world, {most, roots}) {
    this.run = world;
    this.careMap.show(replay, world);
    this.plants.show(world, {most, roots, labels: replay.labels});
    this.map.setAttribute("aria-label", t("map.label", {world: t(`world.${this.name}`)}));
    this.garden.setAttribute("aria-label", t("garden.label", {world: t(`world.${this.name}`)}));
  }

  clearRun() {
    this.run = null;
    this.careMap.clear();
    this.plants.clear();
  }

  /** @param {{top: number, cycles: number, stop: ?number, sample: boolean, metrics: string[], whole: ?Object, marks: Object, shade: ?Object}} frame */
  showBands(world, frame) {
    this.world = world;
    this.frame = frame;
    const {marks} = frame;
    const series = (metric) => ({
      name: metric, label: t(`metric.${metric}`), bands: world[metric],
      sample: frame.sample && this.run && Array.isArray(this.run[metric]) ? this.run[metric] : null,
      dash: null,
    });
    const shared = {
      cycles: frame.cycles, stop: frame.stop, xTicks: yearTicks(frame.cycles), xFormat: timeText(frame.cycles),
    };
    const name = t(`world.${this.name}`);
    if (this.visible(this.areas)) {
      this.areaChart.draw({
        ...shared, series: frame.metrics.map(series), whole: frame.whole, top: frame.top, zero: true, yFormat: (y) => amount(y), valueFormat: amount,
        label: t("chart.areas.label", {world: name}), xAxis: true, yTickCount: 4, gap: marks.areas || null,
      });
    }
    if (this.visible(this.nothing)) {
      this.nothingChart.draw({
        ...shared, series: [series("nothing")], top: 1, zero: false, yFormat: percent, valueFormat: percent,
        label: t("chart.nothing.label", {world: name}), xAxis: false, yTickCount: 2,
      });
    }
    if (this.visible(this.culture)) {
      this.cultureChart.draw({
        ...shared, series: [{...series("practised"), dash: DASHES[this.name]}], top: 1, zero: false, yFormat: percent, valueFormat: percent,
        label: t("chart.practised.label", {world: name}), xAxis: true, yTickCount: 4,
        ghost: marks.ghost || null, gap: marks.culture || null, shade: frame.shade,
      });
    }
  }

  draw(month) {
    if (this.visible(this.map)) this.careMap.draw(month);
    if (this.visible(this.garden)) this.plants.draw(month);
    for (const chart of [this.areaChart, this.nothingChart, this.cultureChart]) chart.moveCursor(month);
  }
}

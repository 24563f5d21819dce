/** The right side: two worlds side by side, and the curve of a knob above them where there is one. */
import {betText} from "./bets.js";
import {amount, levelText, number, percent, t} from "./words.js";
import {make, setText} from "./dom.js";
import {CurveChart} from "./curve.js";
import {HandStage} from "./hand.js";
import {cultureLeft, gapOf, gapText} from "./results.js";
import {TWO_YEARS, lengthOf, revealed} from "./script.js";
import {WorldView} from "./world.js";

const DASH = "10 6";

export class Stage {
  /** @param {{onHand: function(number[]): void, onDraft: function(*): void}} doing */
  constructor(doing) {
    this.doing = doing;
    this.node = make("main", {id: "stage"});
    this.answers = {};
    this.worlds = [];
  }

  build(act, state) {
    this.act = act;
    this.tops = {};
    this.node.dataset.layout = act.layout;
    this.node.replaceChildren();
    this.worlds = [];
    this.hand = null;
    this.curve = null;
    this.legend = make("p", {class: "legend"});
    if (act.layout === "hand") {
      this.hand = new HandStage(act.hand, this.doing.onHand, this.doing.fixed);
      this.hand.show(state.hand || new Array(act.hand.concerns).fill(0));
      this.node.append(this.hand.node, this.legend);
    } else {
      this.buildWorlds(act);
    }
    setText(this.legend, t(`legend.${act.layout}`));
  }

  buildWorlds(act) {
    if (act.layout === "curve") {
      const host = make("div", {class: "chart curve-chart"});
      this.curve = new CurveChart(host);
      this.node.append(host);
      this.dragBet(host);
    }
    this.worlds = act.worlds.map((name) => new WorldView(name));
    const pair = make("div", {class: "worlds"}, ...this.worlds.map((view) => view.node));
    this.node.append(pair, this.legend);
    if (act.layout === "grow") this.dragShare(this.worlds[1].culture);
  }

  /** Before the bet the empty chart itself takes it: press and drag along the axis. */
  dragBet(host) {
    const take = (event) => {
      if (revealed(this.act, this.state) || !(event.buttons & 1)) return;
      this.doing.onDraft(this.curve.levelAt(event.clientX));
    };
    host.addEventListener("pointerdown", take);
    host.addEventListener("pointermove", take);
  }

  /** Act 6 takes it on the upright axis of the second world's chart. */
  dragShare(host) {
    const take = (event) => {
      const chart = this.worlds[1].cultureChart;
      if (revealed(this.act, this.state) || !(event.buttons & 1) || !chart.y) return;
      const share = chart.y.invert(event.clientY - host.getBoundingClientRect().top);
      this.doing.onDraft(Math.round(20 * Math.max(0, Math.min(1, share))) / 20);
    };
    host.addEventListener("pointerdown", take);
    host.addEventListener("pointermove", take);
  }

  /** @param {{bands: ?*, replay: ?*, curve: ?*, hand: ?*}} answers */
  show(act, state, answers, {draft, sample, value}) {
    this.state = state;
    this.answers = answers;
    if (this.hand) {
      if (answers.replay) this.hand.showCustomers(answers.replay);
      this.hand.showAnswer(answers.hand);
      return;
    }
    this.showRun(act, answers.replay);
    this.showBands(act, state, answers.bands, {draft, sample, metrics: act.number === 3 && !value ? ["waste"] : ["value", "waste"]});
    if (this.curve) this.showCurve(act, state, answers.curve, draft);
  }

  showRun(act, replay) {
    if (!replay) {
      for (const view of this.worlds) view.clearRun();
      return;
    }
    const last = (world) => Math.max(0, ...(world.team_value[world.team_value.length - 1] || [0]));
    const most = Math.max(...replay.worlds.map(last));
    const scale = {most: this.mostValue(act, replay, most), roots: act.layout === "grow" ? revealed(act, this.state) : null};
    this.worlds.forEach((view, i) => view.showRun(replay, replay.worlds[i], scale));
  }

  /** Fruit is measured by what the best team has at the end; before the bet the end is not known, nor hinted at. */
  mostValue(act, replay, most) {
    return replay.shown ? (most * lengthOf(act)) / replay.shown : 1;
  }

  showBands(act, state, bands, {draft, sample, metrics}) {
    const cycles = lengthOf(act);
    const known = bands || emptyBands(act);
    const shown = revealed(act, state);
    const {top, effort} = this.topOf(act, known, cycles, metrics);
    const whole = metrics.length === 1 && effort ? {most: effort, label: t("metric.work")} : null;
    const stop = shown && act.stop > 0 && act.stop < cycles && act.number !== 7 ? act.stop : null;
    this.worlds.forEach((view, i) => {
      const marks = this.marksOf(act, state, known, i, draft);
      view.showBands(known.worlds[i], {top, cycles, stop, metrics, whole, sample: sample && Boolean(this.answers.replay), marks, shade: shadeOf(act, state)});
    });
  }

  /** The same upright axis for both worlds. It grows with what is known, and never shrinks within an act. */
  topOf(act, bands, cycles, metrics) {
    const most = Math.max(0, ...bands.worlds.flatMap((world) => metrics.flatMap((metric) => world[metric].q90.slice(-1))));
    const effort = bands.shown ? (bands.worlds[0].total.effort * cycles) / bands.shown : 0;
    const key = metrics.join();
    this.tops[key] = Math.max(this.tops[key] || 0, most * 1.05, effort, 1);
    return {top: this.tops[key], effort};
  }

  marksOf(act, state, bands, index, draft) {
    const marks = {};
    if (act.bet.kind === "choice" && bands.shown) marks.areas = gapOf(act, state, bands, index);
    if (act.number === 6 && index === 1) {
      const bet = state.bets[6] ?? draft;
      if (bet !== undefined) marks.ghost = {y: bet, label: t("chart.your_bet_is", {bet: betText(act, bet)})};
      if (state.bets[6] !== undefined && bands.shown >= act.stop + TWO_YEARS) {
        const left = cultureLeft(bands, act, 1);
        marks.culture = {from: left, to: bet, at: act.stop + TWO_YEARS, label: t("verdict.points", {n: number(100 * Math.abs(left - bet))})};
      }
    }
    return marks;
  }

  showCurve(act, state, curve, draft) {
    const knob = act.knobs[0];
    const bet = state.bets[act.number] ?? draft;
    const levels = act.bet.values;
    const truth = curve ? (act.number === 4 ? curve.crossing : curve.best) : null;
    this.curve.draw({
      levels: curve ? curve.levels : levels,
      label: t(`act.${act.number}.curve`), xLabel: t(`knob.${knob}.axis`), yLabel: t("curve.y"),
      xFormat: (level) => levelText(knob, level), yFormat: amount,
      worlds: curve ? curve.worlds.map((world) => ({...world, label: t(`world.${world.name}`), dash: world.name === "discovery" ? DASH : null})) : [],
      bet: bet === undefined ? null : {level: bet, label: t("chart.your_bet_is", {bet: betText(act, bet)})},
      truth: truth === null ? null : {level: truth, label: t(`act.${act.number}.truth`, {level: levelText(knob, truth)})},
      gap: truth === null || bet === undefined ? null : act.number === 4 ? gapText(act, bet, truth, curve.levels) : "",
      now: revealed(act, state) ? state.knobs[knob] : null,
      hidden: curve ? null : revealed(act, state) ? t("curve.computing") : t(`act.${act.number}.drag`),
    });
  }

  draw(month) {
    if (this.hand) this.hand.draw();
    for (const view of this.worlds) view.draw(month);
  }

  /** One sentence about this moment, for those who do not see the pictures. */
  momentText(month) {
    const replay = this.answers.replay;
    if (!replay || !this.worlds.length || month < 1) return "";
    const at = Math.min(Math.round(month), replay.shown) - 1;
    if (at < 0) return "";
    return t("moment", {
      first: t(`world.${replay.worlds[0].name}.short`), a: percent(1 - replay.worlds[0].nothing[at]),
      second: t(`world.${replay.worlds[1].name}.short`), b: percent(1 - replay.worlds[1].nothing[at]),
    });
  }
}

/** Act 6: when leaders attend. */
function shadeOf(act, state) {
  if (act.number !== 6) return null;
  return {from: Math.max(0, act.stop - state.knobs.attention), to: act.stop, label: t("chart.leader")};
}

function emptyBands(act) {
  const none = () => ({q10: [], q25: [], q50: [], q75: [], q90: []});
  const world = (name) => ({name, value: none(), waste: none(), nothing: none(), practised: none(), total: {effort: 0}});
  return {shown: 0, cycles: act.cycles, worlds: act.worlds.map(world)};
}

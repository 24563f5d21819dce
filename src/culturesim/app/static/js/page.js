/** The page: puts store, clock, panel, stage and bar together. Where answers come from is given to it. */
import {Clock} from "./clock.js";
import {TimeBar} from "./bar.js";
import {make, reducedMotion} from "./dom.js";
import {Panel} from "./panel.js";
import {lengthOf, mayAsk, revealed, staged} from "./script.js";
import {Stage} from "./stage.js";
import {Store} from "./store.js";
import {t} from "./words.js";

const AGAIN_PAUSE = 1400;  // milliseconds that a replayed change rests at where it was

export class Page {
  /**
   * @param {HTMLElement} root
   * @param {{acts: *, state: import("./store.js").State, top: ?HTMLElement, kept: ?boolean,
   *   onHands: ?function(): void, onCommit: ?function(): void}} setup
   */
  constructor(root, setup) {
    this.setup = setup;
    this.acts = setup.acts.acts.map((raw) => staged(raw, setup.acts));
    this.store = new Store({...setup.state, bets: this.betsOf(setup.state.bets)});
    this.levels = {};  // where the knobs of the other acts stand
    this.clock = new Clock();
    this.drafts = {};
    this.sampled = false;
    this.valued = false;
    this.panel = new Panel({
      knobs: setup.acts.knobs, presets: setup.acts.presets, onKnob: (name, value) => this.store.moveKnob(name, value),
      onDraft: (value) => this.draft(value), onReveal: () => this.reveal(), onHands: setup.onHands || null,
      onPreset: (name) => this.preset(name), onCommit: () => setup.onCommit && setup.onCommit(), onAgain: () => this.again(),
    });
    this.stage = new Stage({onHand: (effort) => this.hand(effort), onDraft: (value) => this.draft(value), fixed: Boolean(setup.kept)});
    this.bar = new TimeBar(this.clock, {onRun: () => this.store.change({run: (this.state.run + 1) % 100}, "run"), onSample: (on) => this.sample(on), onValue: (on) => this.addValue(on)});
    this.clock.onMove((month) => this.stage.draw(month));
    this.store.onChange((state, why) => this.changed(state, why));
    root.append(...[setup.top, this.panel.node, this.stage.node, this.bar.node].filter(Boolean));
    this.root = root;
  }

  /** Bets as they are compared: numbers where the act bets on a number. */
  betsOf(told) {
    const bets = {};
    for (const [number, bet] of Object.entries(told || {})) bets[number] = this.acts[number - 1].bet.kind === "choice" ? bet : Number(bet);
    return bets;
  }

  /** Where the knobs of an act stand when it begins. */
  defaultsOf(act) {
    return Object.fromEntries(act.knobs.map((name) => [name, (act.defaults || {})[name] ?? this.setup.acts.knobs[name].default]));
  }

  get state() {
    return this.store.state;
  }

  get act() {
    return this.acts[this.state.act - 1];
  }

  /** @param {{ask: function, again: function, byHand: function}} source */
  begin(source) {
    this.source = source;
    this.enter();
    new ResizeObserver(() => this.redraw()).observe(this.stage.node);
  }

  /** Enters an act: what was told of it before is asked for again, and is kept. */
  enter() {
    const {act, state} = this;
    this.clock.pause();
    this.answers = {bands: null, replay: null, curve: null, hand: null};
    this.stage.build(act, state);
    this.panel.build(act, state, this.drafts[act.number]);
    this.root.dataset.act = String(act.number);
    this.root.dataset.revealed = String(revealed(act, state));
    this.clock.setLimit(0);
    this.bar.configure(act, 0);
    this.bar.showRun(state.run);
    this.fresh = true;
    this.redraw();
    this.ask();
    if (act.number === 1 && revealed(act, state)) this.tryHand();
  }

  ask() {
    const {act, state} = this;
    const number = act.number;
    this.root.dataset.stage = "asked";
    const receive = (name, answer) => {
      if (number === this.state.act) this.receive(name, answer);
    };
    if (mayAsk(act, state)) this.source.ask(act, state, receive);
    else this.source.ask(this.acts[0], state, receive);  // only where customers are
  }

  receive(name, answer) {
    const {act, state} = this;
    const stranger = name === "replay" && answer.worlds.length && !mayAsk(act, state) && act.number !== 1;
    if (name === "replay") this.answers.replay = stranger ? beforeAll(answer) : answer;
    else if (name === "curve") this.answers.curve = answer;
    else this.answers.bands = answer;
    this.root.dataset.stage = name;
    const shown = Math.min((this.answers.bands || {shown: 0}).shown, lengthOf(act));
    if (shown !== this.clock.limit) this.extend(shown);
    this.redraw();
  }

  /** More of the time is known: after a reveal it is played, otherwise its end is shown. */
  extend(shown) {
    const before = this.clock.limit;
    this.clock.setLimit(shown);
    this.bar.configure(this.act, shown);
    if (this.revealing && shown > before) {
      this.revealing = false;
      const from = Math.min(before, shown);
      this.clock.moveTo(reducedMotion() ? shown : from);
      if (!reducedMotion()) this.clock.play(Math.max(8, (shown - from) / 4));
    } else if (this.fresh) {
      this.clock.moveTo(shown);
    }
    this.fresh = false;
  }

  redraw() {
    const {act, state} = this;
    if (!this.answers) return;
    this.stage.show(act, state, this.answers, {draft: this.drafts[act.number], sample: this.sampled, value: this.valued});
    this.stage.draw(this.clock.month);
    this.panel.refresh(act, state, this.answers);
  }

  changed(state, why) {
    if (why === "act" || why === "language" || why === "all") {
      this.enter();
    } else if (why === "bet") {
      this.betChanged();
    } else if (why === "knob") {
      this.panel.showKnobs(state, revealed(this.act, state), Boolean(this.store.last));
      this.ask();
    } else if (why === "run" || why === "ground") {
      this.bar.showRun(state.run);
      this.ask();
    } else if (why === "votes") {
      this.panel.build(this.act, state, this.drafts[state.act]);
      this.panel.refresh(this.act, state, this.answers);
    }
    if (this.setup.onState) this.setup.onState(state, why);
  }

  betChanged() {
    const {act, state} = this;
    this.root.dataset.revealed = String(revealed(act, state));
    if (!revealed(act, state)) {
      this.enter();
      return;
    }
    this.revealing = true;
    this.panel.build(act, state, this.drafts[act.number]);
    this.panel.title.focus({preventScroll: true});
    if (act.number === 1) this.tryHand();
    else this.ask();
    this.redraw();
  }

  draft(value) {
    const {act} = this;
    this.drafts[act.number] = value;
    this.panel.form.show(value);
    if (act.layout !== "hand") this.redraw();
  }

  reveal() {
    const {act} = this;
    const draft = this.drafts[act.number];
    if (revealed(act, this.state) || draft === undefined) return;
    this.store.bet(act.number, draft);
  }

  go(number) {
    if (number < 1 || number > this.acts.length || number === this.state.act) return;
    if (this.setup.kept) return;
    this.store.last = null;
    this.levels[this.state.act] = this.state.knobs;
    const knobs = this.levels[number] || this.defaultsOf(this.acts[number - 1]);
    this.store.change({act: number, knobs}, "act");
    this.panel.title.focus({preventScroll: true});
  }

  /** The act as it was at first: no bet, knobs where they stood. */
  reset() {
    const {act} = this;
    const knobs = this.defaultsOf(act);
    const bets = {...this.state.bets};
    delete bets[act.number];
    delete this.drafts[act.number];
    this.store.last = null;
    const patch = {knobs, bets, run: this.setup.acts.run || 0};
    if (act.number === 1) patch.hand = null;
    if (act.number === 7) Object.assign(patch, {ground: "market", preset: null});
    this.store.change(patch, "all");
  }

  /** Shows the last change once more: back to where the knob was, a pause, and again to where it is. */
  again() {
    const {last} = this.store;
    if (!last || this.repeating) return;
    this.repeating = true;
    this.store.moveKnob(last.name, last.from, false);
    setTimeout(() => {
      this.repeating = false;
      this.store.moveKnob(last.name, last.to, false);
    }, AGAIN_PAUSE);
  }

  preset(name) {
    const {ground, ...knobs} = this.setup.acts.presets[name] || {};
    if (!Object.keys(knobs).length) return;
    this.store.change({knobs: {...this.state.knobs, ...knobs}, ground: ground || "market", preset: name}, "knob");
  }

  sample(on) {
    this.sampled = on;
    this.redraw();
  }

  addValue(on) {
    this.valued = on;
    this.redraw();
  }

  hand(effort) {
    this.store.change({hand: effort}, "hand");
    if (revealed(this.act, this.state)) this.tryHand();
  }

  /** Act 1: one question at a time, the newest allocation wins. */
  async tryHand() {
    this.wanted = this.state.hand || new Array(this.act.hand.concerns).fill(0);
    if (this.trying) return;
    this.trying = true;
    while (this.wanted) {
      const effort = this.wanted;
      this.wanted = null;
      try {
        const answer = await this.source.byHand(effort, this.state.seed);
        if (this.state.act !== 1 || !revealed(this.act, this.state)) break;
        if (this.firstTaken === undefined) this.firstTaken = answer.taken;
        this.answers.hand = {...answer, first: this.firstTaken};
        this.redraw();
      } catch (error) {
        if (this.setup.onError) this.setup.onError(error);
        break;
      }
    }
    this.trying = false;
  }

  /** One line for whoever reads the notes, or hears the page. */
  status() {
    return {act: this.state.act, revealed: revealed(this.act, this.state), sentence: this.panel.result.textContent, title: t(`act.${this.state.act}.name`)};
  }
}

/** Of a run only where everybody stands before the first cycle. */
function beforeAll(replay) {
  const still = (world) => ({
    ...world, took: [], offers: world.offers.slice(0, 1), believed: null, culture: world.culture.slice(0, 1), skill: world.skill.slice(0, 1),
    team_value: [world.team_value[0].map(() => 0)], value: [], waste: [], nothing: [],
  });
  return {...replay, shown: 0, worlds: replay.worlds.map(still)};
}

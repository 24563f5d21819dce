/** Answers of the server, in two stages, with what was already told kept. */
import {Newest} from "./wire.js";

const KEPT = 80;

/** What an act's answers depend on, as the server reads it. */
export function questionOf(act, state) {
  const asked = {act: String(act.number), seed: String(state.seed)};
  for (const name of act.knobs) asked[name] = String(state.knobs[name]);
  if (act.number === 7 && state.ground) asked.ground = state.ground;
  const bet = state.bets[act.number];
  if (bet !== undefined && act.bet.server) asked.bet = String(bet);
  return asked;
}

export class LiveSource {
  /** @param {import("./wire.js").Wire} wire */
  constructor(wire, runs, failed, busy) {
    this.wire = wire;
    this.runs = runs;
    this.kept = new Map();
    this.newest = new Newest(failed, busy);
    this.wished = null;
  }

  async fetch(path, question, signal) {
    const key = `${path} ${JSON.stringify(question)}`;
    if (this.kept.has(key)) return this.kept.get(key);
    const answer = await this.wire.get(path, {...question, client: this.wire.client, move: String(this.wire.move)}, signal);
    this.kept.set(key, answer);
    if (this.kept.size > KEPT) this.kept.delete(this.kept.keys().next().value);
    return answer;
  }

  /**
   * Bands of few runs, then of all, one run for the map, the curve. While a knob moves the numbers come
   * before the map; where an act is entered the map comes early.
   *
   * @param {boolean} moved a knob was moved
   * @param {function(string, *): void} receive called with "coarse", "replay", "full", "curve" and the answer
   */
  ask(act, state, receive, moved = false) {
    this.wire.move += 1;
    this.wished = [act, state, receive, moved];
    const question = questionOf(act, state);
    const step = (name, path, extra, keep) => ({
      keep,
      run: (signal) => this.fetch(path, {...question, ...extra}, signal),
      done: (answer) => receive(name, answer),
    });
    const coarse = step("coarse", "/api/bands", {runs: String(this.runs.coarse)}, true);
    const full = step("full", "/api/bands", {runs: String(this.runs.full)}, false);
    const replay = step("replay", "/api/replay", {run: String(state.run)}, false);
    let steps = moved ? [coarse, full, replay] : [coarse, replay, full];
    if (act.number === 1) steps = [replay];
    if (act.curve && question.bet !== undefined) steps.push(this.curveStep(act, question, receive));
    this.newest.wish(steps);
  }

  /** The curve is the same at every level of its own knob, and is asked for once. */
  curveStep(act, question, receive) {
    const {[act.knobs[0]]: moved, ...rest} = question;
    return {
      keep: false,
      run: (signal) => this.fetch("/api/curve", rest, signal),
      done: (answer) => receive("curve", answer),
    };
  }

  again() {
    if (this.wished) this.ask(...this.wished);
  }

  /** Act 1: who takes what a team makes of an allocation, among the customers of the run that is shown. */
  byHand(effort, {seed, run}) {
    return this.fetch("/api/by-hand", {effort: effort.join(","), seed: String(seed), run: String(run)});
  }
}

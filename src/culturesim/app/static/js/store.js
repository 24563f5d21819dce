/** What the page knows of the session: act, knobs, bets. The link in the address says the same. */

/**
 * @typedef {{act: number, seed: number, run: number, lang: string, ground: ?string,
 *   knobs: Object<string, number>, bets: Object<string, string|number>, hand: ?number[],
 *   votes: Object<string, Object<string, number>>}} State
 */
export class Store {
  /** @param {State} state */
  constructor(state) {
    this.state = state;
    this.listeners = [];
    this.last = null;  // the last knob that was moved: {name, from, to}
  }

  onChange(call) {
    this.listeners.push(call);
  }

  /** @param {Partial<State>} patch  @param {string} why names what changed, for those who listen */
  change(patch, why) {
    this.state = {...this.state, ...patch};
    for (const call of this.listeners) call(this.state, why);
  }

  moveKnob(name, value, remember = true) {
    const from = this.state.knobs[name];
    if (from === value) return;
    if (remember) {
      const same = this.last && this.last.name === name && Date.now() - this.last.when < 1500;
      this.last = {name, from: same ? this.last.from : from, to: value, when: Date.now()};
    }
    this.change({knobs: {...this.state.knobs, [name]: value}}, "knob");
  }

  bet(act, value) {
    const bets = {...this.state.bets};
    if (value === null) delete bets[act];
    else bets[act] = value;
    this.change({bets}, "bet");
  }
}

/** The state as the text behind # in the address; what is as it was at the start is left out. */
export function linkOf(state, {defaults, run}) {
  const parts = ["v=1", `act=${state.act}`];
  if (state.seed !== 0) parts.push(`seed=${state.seed}`);
  if (state.run !== run) parts.push(`run=${state.run}`);
  if (state.ground && state.ground !== "market") parts.push(`ground=${state.ground}`);
  for (const [name, value] of Object.entries(state.knobs)) {
    if (value !== defaults[name]) parts.push(`${name}=${value}`);
  }
  for (const [act, value] of Object.entries(state.bets)) parts.push(`bet${act}=${value}`);
  if (state.hand && state.hand.some((effort) => effort > 0)) parts.push(`hand=${state.hand.join(",")}`);
  parts.push(`lang=${state.lang}`);
  return parts.join("&");
}

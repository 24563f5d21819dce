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

/**
 * Parts of a link that the server does not know: bets of acts in which nothing is held back by it, and
 * act 1's allocation. The rest is the server's to judge.
 */
export function ownParts(link, acts) {
  const parts = new URLSearchParams(link);
  const own = {bets: {}, hand: null, notes: []};
  const wrong = (name) => own.notes.push({key: "link.bad_bet", name, found: parts.get(name).slice(0, 40)});
  if (parts.has("bet1")) {
    const bet = Number(parts.get("bet1"));
    if (Number.isInteger(bet) && bet >= 0 && bet <= acts.by_hand.customers) own.bets[1] = 5 * Math.round(bet / 5);
    else wrong("bet1");
  }
  if (parts.has("bet2")) {
    if ([...acts.acts[1].worlds, "same"].includes(parts.get("bet2"))) own.bets[2] = parts.get("bet2");
    else wrong("bet2");
  }
  if (parts.has("hand")) {
    const hand = parts.get("hand").split(",").map(Number);
    const fits = hand.length === acts.by_hand.concerns && hand.every((effort) => effort >= 0) && hand.reduce((a, b) => a + b, 0) <= acts.by_hand.total;
    if (fits) own.hand = hand;
    else own.notes.push("link.hand");
  }
  for (const name of ["bet1", "bet2", "hand"]) parts.delete(name);
  return {rest: parts.toString(), own};
}

/**
 * The answers that an exported file holds: every level of each knob of its act, the others left as they
 * were. It speaks as the server does, so that the page does not know the difference.
 */
export class KeptSource {
  constructor(data, act) {
    this.data = data;
    this.act = act;
    this.moved = null;
  }

  /** The knob that is not where it was saved; only one can be away at a time. */
  away(state) {
    const {knobs} = this.data.state;
    return this.act.knobs.filter((name) => state.knobs[name] !== knobs[name]);
  }

  ask(act, state, receive) {
    if (this.data.curve) receive("curve", this.data.curve);
    if (this.data.replay) receive("replay", this.data.replay);
    const [name] = this.away(state);
    const bands = name === undefined ? this.data.bands : this.data.levels[name][act.levelsOf[name].indexOf(state.knobs[name])];
    if (bands) receive("full", bands);
  }

  again() {}

  async byHand() {
    return JSON.parse(this.data.notes.hand || "{}").answer;
  }
}

/**
 * The answers that an exported file holds: every level of each knob of its act, the others left as they
 * were. It speaks as the server does, so that the page does not know the difference.
 */
export class KeptSource {
  constructor(data) {
    this.data = data;
  }

  /** Knobs that are not where they were saved; answers are there for one of them at a time. */
  away(act, state) {
    return act.knobs.filter((name) => state.knobs[name] !== this.data.state.knobs[name]);
  }

  ask(act, state, receive) {
    const {bands, others, curve, replay} = this.data;
    if (curve) receive("curve", curve);
    if (replay) receive("replay", replay);
    const [first] = act.knobs;
    const [moved = first] = this.away(act, state);
    const answers = moved === first ? bands : others[moved];
    const answer = answers[moved === undefined ? "" : String(state.knobs[moved])];
    if (answer) receive("full", answer);
  }

  again() {}

  async byHand() {
    return this.data.by_hand;
  }
}

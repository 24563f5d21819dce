/** The script of the session: what each act looks like here. What is computed, and where it stops, the server says. */

const LAYOUTS = {1: "hand", 2: "worlds", 3: "worlds", 4: "curve", 5: "curve", 6: "grow", 7: "worlds"};
const METRICS = {1: "taken", 2: "value", 3: "waste", 4: "crossing", 5: "best", 6: "culture"};

/** The cycle two years after leaders turned away, in act 6. */
export const TWO_YEARS = 24;

/**
 * An act as the page plays it. `bet.server` says whether the server holds answers back until it is
 * told of the bet; where it does not, the page does not ask before.
 */
export function staged(raw, {knobs, by_hand: hand}) {
  const number = raw.number;
  const kinds = {1: "number", 2: "choice", 3: "choice", 4: "level", 5: "level", 6: "level"};
  const bet = {kind: kinds[number] || null, metric: METRICS[number] || null, server: Boolean(raw.bet_kind), ...(raw.bet || {})};
  if (bet.kind === "choice" && !(bet.choices && bet.choices.length)) bet.choices = [...raw.worlds, "same"];
  if (number === 1) bet.values = range(0, hand.customers, 5);
  if (number === 4 || number === 5) bet.values = knobs[raw.knobs[0]].levels;
  if (number === 6) bet.values = range(0, 20, 1).map((n) => n / 20);
  return {...raw, bet, layout: LAYOUTS[number], curve: number === 4 || number === 5, knobs: raw.knobs || [], hand: number === 1 ? {...hand, budget: hand.total} : null};
}

function range(low, high, step) {
  const values = [];
  for (let value = low; value <= high; value += step) values.push(value);
  return values;
}

/** Whether the act's outcome may be shown: the room has bet, or there is nothing to bet on. */
export function revealed(act, state) {
  return act.bet.kind === null || state.bets[act.number] !== undefined;
}

/** Whether the server may be asked for bands at all. */
export function mayAsk(act, state) {
  return act.number !== 1 && (revealed(act, state) || act.bet.server);
}

/** How far the clock runs in an act, and how long the axis is. */
export function lengthOf(act) {
  return act.number === 2 ? Math.min(act.stop || act.cycles, act.cycles) : act.cycles;
}

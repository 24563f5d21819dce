/** Sentences with numbers: what came out, and how far the bet was from it. Nothing is computed here that the server did not. */
import {betText} from "./bets.js";
import {placeOf} from "./curve.js";
import {TWO_YEARS} from "./script.js";
import {amount, duration, levelText, number, percent, t} from "./words.js";

const EVEN = 0.05;  // a difference below a twentieth is called "about the same"

/** "first", "second" or "same": which of two numbers is clearly larger. */
export function larger(a, b) {
  const size = Math.max(Math.abs(a), Math.abs(b));
  if (size === 0 || Math.abs(a - b) < EVEN * size) return "same";
  return a > b ? "first" : "second";
}

/** In the middle run, for each hundred months of work, so that everybody can hold the number. */
export function perHundred(world, metric) {
  return (100 * last(world[metric])) / world.total.effort;
}

export function winnerOf(bands, metric) {
  const [a, b] = bands.worlds;
  const which = larger(last(a[metric]), last(b[metric]));
  return which === "same" ? "same" : bands.worlds[which === "first" ? 0 : 1].name;
}

function numbers(bands) {
  const [a, b] = bands.worlds;
  return {
    a_value: number(perHundred(a, "value")), b_value: number(perHundred(b, "value")),
    a_waste: number(perHundred(a, "waste")), b_waste: number(perHundred(b, "waste")),
    a_nothing: percent(last(a.nothing)), b_nothing: percent(last(b.nothing)), time: duration(bands.shown),
  };
}

function last(bands) {
  return bands.q50.length ? bands.q50[bands.q50.length - 1] : 0;
}

/** How many teams work the discovery way in the middle run: two years after leaders turned away, or as far as is known. */
export function cultureLeft(bands, act, index) {
  const at = Math.min(act.stop + TWO_YEARS, bands.shown) - 1;
  return bands.worlds[index].practised.q50[at] ?? 0;
}

/**
 * The one sentence, for a screen reader as for the room.
 *
 * @param {{bands: ?*, curve: ?*, hand: ?*}} answers
 */
export function sentenceOf(act, state, answers, isRevealed) {
  const {bands, curve, hand} = answers;
  if (act.number === 1) {
    return hand ? t(`act.1.result${hand.taken === 0 ? ".none" : ""}`, {taken: number(hand.taken), all: number(hand.customers)}) : "";
  }
  if (!bands || bands.shown === 0) return "";
  const level = act.knobs.length ? levelText(act.knobs[0], state.knobs[act.knobs[0]]) : "";
  if (!isRevealed) {
    const values = act.number === 6 ? {a: percent(cultureLeft(bands, act, 0)), b: percent(cultureLeft(bands, act, 1))} : numbers(bands);
    return t(`act.${act.number}.before`, {...values, level});
  }
  if (act.number === 6) {
    const values = {a: percent(cultureLeft(bands, act, 0)), b: percent(cultureLeft(bands, act, 1)), months: number(state.knobs.attention)};
    const key = cultureLeft(bands, act, 1) > 0.5 ? (cultureLeft(bands, act, 0) > 0.5 ? "both" : "mandate") : cultureLeft(bands, act, 0) > 0.5 ? "cultivate" : "none";
    return t(`act.6.result.${key}`, values);
  }
  const metric = act.number === 3 ? "waste" : "value";
  const values = {...numbers(bands), level, cross: t("unit.unknown"), best: t("unit.unknown")};
  if (curve && act.number === 4) values.cross = curve.crossing === null ? t("unit.nowhere") : levelText("accuracy", curve.crossing);
  if (curve && act.number === 5) values.best = levelText("memory", curve.best);
  return t(`act.${act.number}.result.${winnerOf(bands, metric)}`, values);
}

/** What the bet was, and whether or by how much it missed. */
export function verdictOf(act, state, answers) {
  const bet = state.bets[act.number];
  if (bet === undefined) return "";
  const said = t("verdict.bet", {bet: betText(act, bet)});
  const miss = missOf(act, bet, answers);
  return miss ? `${said} ${miss}` : said;
}

function missOf(act, bet, {bands, curve, hand}) {
  if (act.bet.kind === "choice") {
    if (!bands || bands.shown < bands.cycles && act.number !== 2) return "";
    return t(winnerOf(bands, act.bet.metric) === bet ? "verdict.right" : "verdict.wrong");
  }
  if (act.number === 1) return hand && hand.first !== undefined ? t("verdict.customers", {n: number(Math.abs(hand.first - bet))}) : "";
  if (act.number === 6) {
    if (!bands || bands.shown <= act.stop) return "";
    return t("verdict.points", {n: number(100 * Math.abs(cultureLeft(bands, act, 1) - bet))});
  }
  if (!curve) return "";
  return gapText(act, bet, act.number === 4 ? curve.crossing : curve.best, curve.levels);
}

/** The distance of a bet on a knob's axis. */
export function gapText(act, bet, truth, levels) {
  if (truth === null || truth === undefined) return "";
  const steps = Math.abs(placeOf(bet, levels) - placeOf(truth, levels));
  if (steps < 0.5) return t("verdict.right");
  if (act.number === 4) return t("verdict.points", {n: number(100 * Math.abs(truth - bet))});
  return t("verdict.steps", {bet: duration(bet), truth: duration(truth)});
}

/** In how many of twenty runs the world that is ahead is ahead. */
export function dotsOf(act, bands) {
  const metric = act.number === 3 ? "waste" : "value";
  const pairs = bands && bands.pairs && bands.pairs[metric];
  if (!pairs || act.number === 6 || bands.shown === 0) return null;
  const all = pairs.first + pairs.second + pairs.same;
  if (!all) return null;
  const ahead = pairs.first >= pairs.second ? 0 : 1;
  const names = ahead === 0 ? [bands.worlds[0].name, bands.worlds[1].name] : [bands.worlds[1].name, bands.worlds[0].name];
  const count = Math.round((20 * Math.max(pairs.first, pairs.second)) / all);
  return {total: 20, first: count, firstName: names[0], secondName: names[1], label: t(`dots.${metric}`, {n: number(count), world: t(`world.${names[0]}`)})};
}

/** The bracket between the two worlds' levels at the end, for the chart of the world that the room had bet on or not. */
export function gapOf(act, state, bands, index) {
  const metric = act.bet.metric;
  const bet = state.bets[act.number];
  if (act.bet.kind !== "choice" || bet === undefined || bands.shown < 1) return null;
  const here = bet === bands.worlds[index].name;
  if (!here && bet !== "same") return null;
  const mine = last(bands.worlds[index][metric]);
  const other = last(bands.worlds[1 - index][metric]);
  const label = t(`chart.gap.${other >= mine ? "more" : "less"}`, {
    world: t(`world.${bands.worlds[1 - index].name}`), level: amount(other), gap: amount(Math.abs(mine - other)),
  });
  return {from: mine, to: other, label, bet: t(`chart.bet.${bet === "same" ? "same" : metric}`)};
}

/** Words and numbers in the language of the room. Texts are in strings/*.json, none is in the code. */

const spoken = {language: "en", texts: {}, missing: new Set()};

export function useLanguage(language, texts) {
  spoken.language = language === "xx" ? "en" : language;
  spoken.texts = texts;
  document.documentElement.lang = spoken.language;
}

/** The text of a key, with {name} replaced; a missing key is shown as such and said on the console. */
export function t(key, values = {}) {
  const text = spoken.texts[key];
  if (text === undefined) {
    if (!spoken.missing.has(key)) console.error(`no text for ${key}`);
    spoken.missing.add(key);
    return `⟦${key}⟧`;
  }
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
}

export function hasText(key) {
  return key in spoken.texts;
}

export function number(value, digits = 0) {
  return value.toLocaleString(spoken.language, {minimumFractionDigits: digits, maximumFractionDigits: digits});
}

/** Large amounts in thousands, since nobody reads more than three digits from the back of a room. */
export function amount(value) {
  const size = Math.abs(value);
  if (size >= 10000) return t("unit.thousand", {n: number(value / 1000)});
  if (size >= 1000) return t("unit.thousand", {n: number(value / 1000, 1)});
  return number(value, size < 10 && size > 0 ? 1 : 0);
}

export function percent(share) {
  return t("unit.percent", {n: number(100 * share)});
}

/** A length of time in the words people use: months up to two years, then years. */
export function duration(cycles) {
  if (cycles === null || !Number.isFinite(cycles)) return t("unit.never");
  if (cycles < 24) return t("unit.months", {n: number(cycles)});
  const years = cycles / 12;
  return t("unit.years", {n: number(years, Number.isInteger(years) ? 0 : 1)});
}

/** A knob's level as people say it. */
export function levelText(name, value) {
  if (hasText(`knob.${name}.at.${value}`)) return t(`knob.${name}.at.${value}`);
  if (name === "memory") return duration(value);
  if (name === "attention") return t("unit.months", {n: number(value)});
  return percent(value);
}

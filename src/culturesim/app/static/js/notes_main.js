/** The facilitator's second window: what to say, ask, expect, and debrief; a timer; and the same keys. */
import {button, make, setText} from "./dom.js";
import {listenForKeys} from "./keys.js";
import {t, useLanguage} from "./words.js";

const NOTES = ["say", "ask", "expect", "debrief"];
const channel_of_notes = new BroadcastChannel("culturesim-page");
const notes = {language: null, act: 1, started: Date.now(), entered: Date.now()};

function clockText(milliseconds) {
  const seconds = Math.floor(milliseconds / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

function order(deed) {
  channel_of_notes.postMessage({from: "notes", deed});
}

function build() {
  notes.title = make("h1");
  notes.said = make("p", {class: "now-on-screen"});
  notes.timer = make("output", {class: "timer"});
  notes.boxes = {};
  const list = make("div", {class: "note-list"});
  for (const name of NOTES) {
    notes.boxes[name] = make("p");
    list.append(make("section", {class: `note ${name}`}, make("h2", {text: t(`notes.${name}`)}), notes.boxes[name]));
  }
  const bar = make("div", {class: "note-bar"},
    button(t("notes.back"), () => order("back")), button(t("notes.next"), () => order("next")),
    button(t("time.play"), () => order("play")), button(t("bet.reveal"), () => order("reveal"), {class: "primary"}),
    button(t("notes.restart"), () => {
      notes.started = Date.now();
      notes.entered = Date.now();
    }, {class: "quiet"}),
  );
  document.body.replaceChildren(make("main", {class: "notes-page"}, make("div", {class: "note-head"}, notes.title, notes.timer), bar, list, make("h2", {text: t("notes.screen")}), notes.said));
}

function show(told) {
  if (told.act !== notes.act) notes.entered = Date.now();
  notes.act = told.act;
  setText(notes.title, t("act.title", {n: told.act, name: t(`act.${told.act}.name`)}));
  for (const name of NOTES) setText(notes.boxes[name], t(`note.${told.act}.${name}`));
  setText(notes.said, told.sentence || "–");
}

async function speak_notes(language) {
  if (notes.language === language) return;
  notes.language = language;
  const response = await fetch(`/api/strings/${encodeURIComponent(language)}`);
  useLanguage(language, await response.json());
  document.title = t("notes.title");
  build();
}

channel_of_notes.onmessage = async ({data}) => {
  if (data.from !== "page") return;
  await speak_notes(data.lang);
  show(data);
};

setInterval(() => {
  if (notes.timer) setText(notes.timer, t("notes.timer", {act: clockText(Date.now() - notes.entered), all: clockText(Date.now() - notes.started)}));
}, 500);

await speak_notes(location.hash.slice(1) || "en");
show({act: 1, sentence: ""});
listenForKeys((deed) => order(deed));
order(null);

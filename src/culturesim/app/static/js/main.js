/** The live page: the server behind it, the link in the address, keys, notes, voting, and what is taken home. */
import {fixLetters} from "./chart.js";
import {notify, openAssumed, openCommitment, openHands, openHelp, readCommitment} from "./dialogs.js";
import {make, setText} from "./dom.js";
import {listenForKeys} from "./keys.js";
import {LiveSource} from "./live.js";
import {Page} from "./page.js";
import {phonesOf} from "./room.js";
import {download, pictureOf, sourceText} from "./save.js";
import {linkOf} from "./store.js";
import {TopBar} from "./top.js";
import {Wire} from "./wire.js";
import {t, useLanguage} from "./words.js";

const CHANNEL = "culturesim-page";
const PAPER_LETTERS = 11;  // pixels

const wire = new Wire();
const channel = new BroadcastChannel(CHANNEL);
const live = {page: null, top: null, source: null, acts: null, paper: make("section", {id: "paper", "aria-hidden": "true"})};

function hashOf(state) {
  const act = live.acts.acts[state.act - 1];
  const defaults = Object.fromEntries(act.knobs.map((name) => [name, (act.defaults || {})[name] ?? live.acts.knobs[name].default]));
  return linkOf(state, {defaults, run: live.acts.run || 0});
}

/** The state of a link, or the nearest there is; notes say what was changed. */
async function stateOf(link) {
  const {state, notes} = await wire.get("/api/state", {link});
  const started = {...state, lang: state.lang || live.acts.language || "en", votes: {}, preset: null};
  if (!live.languages.includes(started.lang)) {
    notes.push({key: "link.bad_value", name: "lang", found: started.lang, used: live.languages[0]});
    [started.lang] = live.languages;
  }
  return {state: started, notes};
}

function tellNotes(notes) {
  for (const note of notes) {
    if (typeof note === "string") notify(t(note));
    else notify(t(note.key, note));
  }
}

async function speak(language) {
  useLanguage(language, await wire.get(`/api/strings/${encodeURIComponent(language)}`));
  document.title = t("page.title");
  live.top.language = language;
}

function failed(error) {
  if (error instanceof TypeError || error.status === 503) return;
  if (error.name !== "AbortError") notify(t("error.refused", {reason: error.message}));
}

async function changeLanguage(language) {
  await speak(language);
  rebuild({...live.page.state, lang: language});
}

/** Makes the page anew in place: after a change of language, or of the link in the address. */
function rebuild(state) {
  const drafts = live.page ? live.page.drafts : {};
  const root = document.getElementById("page");
  if (live.page) {
    live.page.clock.pause();
    live.page.closed = true;
  }
  root.replaceChildren();
  const page = new Page(root, {
    acts: live.acts, state, top: live.top.node, onHands: () => deed("hands"), onCommit: () => deed("commit"), onState: stateChanged, onError: failed,
  });
  page.drafts = drafts;
  live.page = page;
  live.top.show(state.act);
  root.append(live.paper);
  page.begin(live.source);
  stateChanged(page.state, "all");
}

function stateChanged(state, why) {
  history.replaceState(null, "", `#${hashOf(state)}`);
  if (why === "act" || why === "all") live.top.show(state.act);
  tellNotesWindow();
}

function tellNotesWindow() {
  channel.postMessage({from: "page", lang: live.page.state.lang, ...live.page.status()});
}

const deeds = {
  next: () => live.page.go(live.page.state.act + 1),
  back: () => live.page.go(live.page.state.act - 1),
  play: () => live.page.clock.toggle(),
  reveal: () => live.page.reveal(),
  reset: () => live.page.reset(),
  again: () => live.page.again(),
  help: () => openHelp(),
  assumed: () => openAssumed(live.page.act),
  notes: () => window.open(`notes.html#${live.page.state.lang}`, "culturesim-notes", "width=760,height=820"),
  commit: () => openCommitment(() => notify(t("commit.saved"))),
  hands: () => openVotes(),
  print: () => print(),
  link: () => copyLink(),
  picture: () => savePicture(),
  file: () => saveFile(),
};

function deed(name) {
  const [verb, what] = name.split(" ");
  if (verb === "act") live.page.go(Number(what));
  else if (verb === "language") changeLanguage(what);
  else if (deeds[verb]) deeds[verb]();
}

function openVotes() {
  const {page} = live;
  const {act, state} = page;
  if (act.bet.kind === null || page.root.dataset.revealed === "true") {
    notify(t("votes.none"));
    return;
  }
  const changed = (counts) => page.store.change({votes: {...page.state.votes, [act.number]: counts}}, "votes");
  openHands(act, state.votes[act.number] || {}, changed, (value) => page.draft(value), phonesOf(wire, act, state.lang));
}

async function copyLink() {
  try {
    await navigator.clipboard.writeText(location.href);
    notify(t("link.copied"));
  } catch {
    notify(t("link.by_hand"));
  }
}

function texts() {
  const {page} = live;
  const source = sourceText({version: live.acts.version, seed: page.state.seed, act: page.act, bands: page.answers.bands, made: new Date().toISOString().slice(0, 10)});
  return {title: t("act.title", {n: page.act.number, name: t(`act.${page.act.number}.name`)}), sentence: page.panel.result.textContent, verdict: page.panel.verdict.textContent, source};
}

async function savePicture() {
  download(`culturesim-${live.page.state.act}.png`, await pictureOf(live.page.stage.node, texts()));
}

async function saveFile() {
  const {page} = live;
  const {act, state} = page;
  notify(t("file.making"));
  try {
    const {votes, preset, ...rest} = state;
    const file = await wire.post("/api/export", {state: rest, commitment: readCommitment(), lang: state.lang});
    download(`culturesim-${act.number}.html`, new Blob([file], {type: "text/html"}));
  } catch (error) {
    failed(error);
  }
}

/** Draws the page as large as a sheet of paper, and back. */
function layOut(onPaper) {
  document.documentElement.classList.toggle("printing", onPaper);
  fixLetters(onPaper ? PAPER_LETTERS : null);
  live.page.redraw();
}

/** What only paper shows: the commitment, and the numbers behind the picture. */
function writePaper() {
  const kept = readCommitment();
  live.paper.replaceChildren(
    make("p", {class: "paper-commitment", text: kept ? t("commit.printed", kept) : ""}),
    make("p", {class: "paper-source", text: texts().source}),
  );
}

async function followLink() {
  const link = location.hash.slice(1);
  if (link === hashOf(live.page.state)) return;
  const {state, notes} = await stateOf(link);
  await speak(state.lang);
  rebuild(state);
  tellNotes(notes);
}

async function start() {
  live.acts = await wire.get("/api/acts");
  live.top = new TopBar(live.acts.acts.length, deed);
  live.source = new LiveSource(wire, live.acts.runs, failed, (busy) => document.body.classList.toggle("busy", busy));
  live.languages = await wire.get("/api/languages");
  live.top.languages = live.languages;
  const {state, notes} = await stateOf(location.hash.slice(1));
  await speak(state.lang);
  wire.onStatus((status) => live.top.showStatus(status));
  wire.onBack(() => live.source.again());
  rebuild(state);
  tellNotes(notes);
  live.top.showStatus(wire);
  wire.watch();
  listenForKeys(deed);
  channel.onmessage = ({data}) => {
    if (data.from !== "notes") return;
    if (data.deed) deed(data.deed);
    tellNotesWindow();
  };
  addEventListener("hashchange", followLink);
  addEventListener("beforeprint", () => {
    writePaper();
    layOut(true);
  });
  addEventListener("afterprint", () => layOut(false));
}

start().catch((error) => {
  const box = document.getElementById("page");
  box.replaceChildren(make("p", {class: "failed", role: "alert"}));
  setText(box.firstChild, `${document.title}: ${error.message}. Reloading …`);
  setTimeout(() => location.reload(), 1500);
});

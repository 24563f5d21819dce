/** Taking something home: a picture, a page on paper, one file that still moves. */
import {make} from "./dom.js";
import {t} from "./words.js";

/** Offers a file to the browser's own download. */
export function download(name, blob) {
  const url = URL.createObjectURL(blob);
  const link = make("a", {href: url, download: name});
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}

async function imageOf(svg) {
  const copy = svg.cloneNode(true);
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`;
  await image.decode();
  return image;
}

/** Breaks a text into lines of a width; gives the height they take. */
function writeLines(pen, text, left, top, width, step) {
  let line = "";
  let y = top;
  for (const word of text.split(/\s+/)) {
    if (line && pen.measureText(`${line} ${word}`).width > width) {
      pen.fillText(line, left, y);
      line = word;
      y += step;
    } else {
      line = line ? `${line} ${word}` : word;
    }
  }
  if (line) pen.fillText(line, left, y);
  return y + step;
}

/** The stage as it is seen, with title, bet and sentence above and where it comes from below. */
export async function pictureOf(stage, texts) {
  const box = stage.getBoundingClientRect();
  const ratio = 2;
  const head = 150;
  const foot = 78;
  const canvas = make("canvas", {width: Math.round(box.width * ratio), height: Math.round((box.height + head + foot) * ratio)});
  const pen = canvas.getContext("2d");
  pen.scale(ratio, ratio);
  pen.fillStyle = "#ffffff";
  pen.fillRect(0, 0, box.width, box.height + head + foot);
  const font = "system-ui, 'Noto Sans', 'DejaVu Sans', sans-serif";
  pen.fillStyle = "#1b1b1b";
  pen.font = `700 24px ${font}`;
  pen.fillText(texts.title, 16, 36);
  pen.font = `18px ${font}`;
  const below = writeLines(pen, texts.sentence, 16, 68, box.width - 32, 25);
  pen.font = `700 17px ${font}`;
  writeLines(pen, texts.verdict, 16, below, box.width - 32, 24);
  pen.font = `14px ${font}`;
  writeLines(pen, texts.source, 16, box.height + head + 22, box.width - 32, 19);
  for (const node of stage.querySelectorAll("h2, .legend")) drawText(pen, node, box, head, font);
  for (const node of stage.querySelectorAll("canvas")) {
    const at = node.getBoundingClientRect();
    if (at.width) pen.drawImage(node, at.left - box.left, at.top - box.top + head, at.width, at.height);
  }
  for (const node of stage.querySelectorAll("svg")) {
    const at = node.getBoundingClientRect();
    if (at.width) pen.drawImage(await imageOf(node), at.left - box.left, at.top - box.top + head, at.width, at.height);
  }
  return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
}

function drawText(pen, node, box, head, font) {
  const at = node.getBoundingClientRect();
  const style = getComputedStyle(node);
  const size = parseFloat(style.fontSize);
  const named = node.querySelector(".world-name");
  pen.fillStyle = getComputedStyle(named || node).color;
  pen.font = `${style.fontWeight} ${size}px ${font}`;
  writeLines(pen, (named || node).textContent, at.left - box.left, at.top - box.top + head + size, at.width, size * 1.3);
}

/** What a sheet of paper says below: the numbers behind it, so that somebody can make it again. */
export function sourceText({version, seed, act, bands, made}) {
  const parameters = Object.entries((bands && bands.parameters) || {}).map(([path, value]) => `${path} = ${typeof value === "object" ? JSON.stringify(value) : value}`);
  const text = t("source.text", {version, seed, scenario: act.scenario, runs: bands ? bands.runs : 0, date: made});
  return parameters.length ? `${text} ${parameters.join(", ")}` : text;
}

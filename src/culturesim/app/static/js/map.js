/** The map of what customers care about, on a canvas: who does nothing, who took an offer, and the offers. */
import {fitCanvas} from "./dom.js";

const NOTHING = "#777777";
const ROOM_AROUND = 0.18;
const STRETCH = 3;

/** Positions between two moments; what is known every few cycles moves evenly in between. */
function between(first, second, part) {
  if (!second || part === 0) return first;
  return first.map((value, i) => value + (second[i] - value) * part);
}

/**
 * Axes that stay for the whole run and for both worlds: around where customers stand at first, and where
 * they will have moved as far as that may be told.
 */
function axesOf(moments) {
  const range = (axis) => {
    const some = moments.filter((_, i) => i % 3 === 0).flatMap((places) => places.filter((_, i) => i % 2 === axis));
    const all = some.sort((a, b) => a - b);
    const low = all[Math.floor(all.length * 0.01)];
    const high = all[Math.ceil(all.length * 0.99) - 1];
    const room = (high - low) * ROOM_AROUND;
    return [low - room, high + room];
  };
  return [...range(0), ...range(1)];
}

/** Fits the axes into a box; one direction may be stretched, as a map's sheet is wider than high. */
function projection(extent, width, height) {
  const [left, right, bottom, top] = extent;
  const edge = 12;
  const across = (width - 2 * edge) / (right - left);
  const up = (height - 2 * edge) / (top - bottom);
  const scaleX = Math.min(across, up * STRETCH);
  const scaleY = Math.min(up, across * STRETCH);
  const within = (value, most) => Math.max(edge, Math.min(most - edge, value));
  return {
    x: (value) => within(width / 2 + (value - (left + right) / 2) * scaleX, width - 8),
    y: (value) => within(height / 2 - (value - (bottom + top) / 2) * scaleY, height),
  };
}

function drawTriangle(pen, x, y, letter, size) {
  pen.beginPath();
  pen.moveTo(x, y - size);
  pen.lineTo(x + size, y + size * 0.8);
  pen.lineTo(x - size, y + size * 0.8);
  pen.closePath();
  pen.fillStyle = "#1b1b1b";
  pen.strokeStyle = "#ffffff";
  pen.lineWidth = 2;
  pen.fill();
  pen.stroke();
  pen.strokeText(letter, x + size + 2, y + size * 0.8);
  pen.strokeText(letter, x + size + 2, y + size * 0.8);
  pen.fillText(letter, x + size + 2, y + size * 0.8);
}

export class CareMap {
  /** @param {HTMLCanvasElement} canvas  @param {string} colour of who took an offer */
  constructor(canvas, colour) {
    this.canvas = canvas;
    this.colour = colour;
    this.data = null;
  }

  /**
   * @param {{labels: string[], customers: {every: number, at: number[][]}}} replay
   * @param {{took: string[], offers: number[][], believed: number[][], made: string[]}} world
   * @param {?number} ring a customer that is circled
   */
  show(replay, world, ring) {
    const before = this.data && this.data.replay;
    const extent = before && before.customers.at === replay.customers.at ? this.data.extent : axesOf(replay.customers.at);
    this.data = {replay, world, extent, ring};
  }

  clear() {
    this.data = null;
    fitCanvas(this.canvas);
  }

  /** Draws the moment `month`, counted from 0 (before the first cycle). */
  draw(month) {
    const {pen, width, height} = fitCanvas(this.canvas);
    if (!this.data) return;
    const {replay, world, extent} = this.data;
    const {x, y} = projection(extent, width, height);
    const cycle = Math.max(0, month - 1);
    const place = Math.min(cycle / replay.customers.every, replay.customers.at.length - 1);
    const step = Math.floor(place);
    const customers = between(replay.customers.at[step], replay.customers.at[step + 1], place - step);
    const took = month < 1 ? "" : world.took[Math.min(Math.round(cycle), world.took.length - 1)] || "";
    const size = Math.max(2.6, Math.min(window.innerWidth / 460, height / 40));
    this.drawCustomers(pen, customers, took, x, y, size);
    if (this.data.ring !== undefined) {
      pen.strokeStyle = "#1b1b1b";
      pen.lineWidth = 3;
      pen.beginPath();
      pen.arc(x(customers[2 * this.data.ring]), y(customers[2 * this.data.ring + 1]), size * 3.2, 0, 2 * Math.PI);
      pen.stroke();
    }
    this.drawOffers(pen, cycle, x, y, Math.max(7.5, size * 2.1));
  }

  drawCustomers(pen, customers, took, x, y, size) {
    pen.lineWidth = 1.6;
    pen.strokeStyle = NOTHING;
    pen.beginPath();
    for (let i = 0; i < customers.length / 2; i++) {
      if (took[i] && took[i] !== ".") continue;
      pen.rect(x(customers[2 * i]) - size + 0.5, y(customers[2 * i + 1]) - size + 0.5, 2 * size - 1, 2 * size - 1);
    }
    pen.stroke();
    pen.fillStyle = this.colour;
    pen.beginPath();
    for (let i = 0; i < took.length; i++) {
      if (took[i] === "." || took[i] !== took[i].toUpperCase()) continue;
      const px = x(customers[2 * i]);
      const py = y(customers[2 * i + 1]);
      pen.moveTo(px + size * 1.35, py);
      pen.arc(px, py, size * 1.35, 0, 2 * Math.PI);
    }
    pen.fill();
    pen.strokeStyle = this.colour;  // took an offer, and the promise was broken
    pen.lineWidth = 2;
    pen.beginPath();
    for (let i = 0; i < took.length; i++) {
      if (took[i] === "." || took[i] === took[i].toUpperCase()) continue;
      const px = x(customers[2 * i]);
      const py = y(customers[2 * i + 1]);
      pen.moveTo(px - size * 1.2, py - size * 1.2);
      pen.lineTo(px + size * 1.2, py + size * 1.2);
      pen.moveTo(px - size * 1.2, py + size * 1.2);
      pen.lineTo(px + size * 1.2, py - size * 1.2);
    }
    pen.stroke();
  }

  drawOffers(pen, cycle, x, y, size) {
    const {replay, world} = this.data;
    const now = Math.min(Math.floor(cycle), world.offers.length - 1);
    if (now < 0) return;
    const part = Math.min(cycle - now, 1);
    const offers = between(world.offers[now], world.offers[now + 1], part);
    const believed = world.believed ? between(world.believed[now], world.believed[now + 1], part) : null;
    const made = world.made ? world.made[now] : "";
    const letter = Math.max(14, Math.round(window.innerWidth / 91));
    pen.font = `700 ${letter}px system-ui, 'Noto Sans', 'DejaVu Sans', sans-serif`;
    replay.labels.forEach((label, team) => {
      if (made && made[team] === "0") return;
      const px = x(offers[2 * team]);
      const py = y(offers[2 * team + 1]);
      if (believed) {
        pen.strokeStyle = "rgba(27, 27, 27, 0.45)";
        pen.lineWidth = 1.2;
        pen.beginPath();
        pen.moveTo(px, py);
        pen.lineTo(x(believed[2 * team]), y(believed[2 * team + 1]));
        pen.stroke();
      }
    });
    pen.lineJoin = "round";
    replay.labels.forEach((label, team) => {
      if (made && made[team] === "0") return;
      pen.lineWidth = 4;
      pen.strokeStyle = "#ffffff";
      pen.fillStyle = "#1b1b1b";
      drawTriangle(pen, x(offers[2 * team]), y(offers[2 * team + 1]), label, size);
    });
  }
}

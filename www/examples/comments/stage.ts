import { advance, enter, type Flight, fitLanes, type Lane } from "./lanes.ts";

const LANE_HEIGHT = 28;
/** Of the frame around one's own comments. */
const PADDING = 10;
/** Comments that wait for a lane; of others' the oldest give way. */
const MAX_WAITING = 60;
/** A frame that is later than this, s, moves nothing further. */
const LONGEST_STEP = 0.1;

export interface Comment {
  text: string;
  own: boolean;
}

/** A canvas over which comments fly. It draws only while there are any. */
export class Stage {
  /** Comments that have entered so far. */
  entered = 0;
  /** Frames drawn so far. */
  frames = 0;
  readonly #canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D;
  readonly #waiting: Comment[] = [];
  #lanes: Lane[] = [];
  #frame = 0;
  #drawnAt = 0;
  #paused = false;

  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas;
    this.#context = canvas.getContext("2d") as CanvasRenderingContext2D;
  }

  add(comment: Comment): void {
    this.#waiting.push(comment);
    if (this.#waiting.length > MAX_WAITING) {
      const oldest = this.#waiting.findIndex(({ own }) => !own);
      this.#waiting.splice(Math.max(oldest, 0), 1);
    }
    this.#run();
  }

  clear(): void {
    this.#waiting.length = 0;
    this.#lanes = [];
    this.#canvas.width = 0;
  }

  pause(paused: boolean): void {
    this.#paused = paused;
    if (paused) {
      cancelAnimationFrame(this.#frame);
      this.#frame = 0;
    }
    this.#run();
  }

  get #isBusy(): boolean {
    return this.#waiting.length > 0 || this.#lanes.some(({ flights }) => flights.length > 0);
  }

  #run(): void {
    if (this.#frame || this.#paused || !this.#isBusy) return;
    this.#drawnAt = performance.now();
    this.#ask();
  }

  #ask(): void {
    this.#frame = requestAnimationFrame((now) => this.#step(now));
  }

  #step(now: number): void {
    const { clientWidth: width, clientHeight: height } = this.#canvas;
    const seconds = Math.min(Math.max(now - this.#drawnAt, 0) / 1000, LONGEST_STEP);
    this.#fit(width, height);
    this.#lanes = fitLanes(this.#lanes, Math.floor(height / LANE_HEIGHT));
    // On narrow stages slower: there is time enough to read.
    advance(this.#lanes, seconds * (90 + width * 0.15));
    this.#admit(width);
    this.#draw(width, height);
    this.frames++;
    this.#drawnAt = now;
    this.#frame = 0;
    if (this.#isBusy) this.#ask();
  }

  #admit(width: number): void {
    for (let next = this.#waiting[0]; next; next = this.#waiting[0]) {
      const padding = next.own ? 2 * PADDING : 0;
      const flight = { ...next, width: this.#context.measureText(next.text).width + padding };
      if (!enter(this.#lanes, flight, width)) return;
      this.#waiting.shift();
      this.entered++;
    }
  }

  #draw(width: number, height: number): void {
    this.#context.clearRect(0, 0, width, height);
    this.#lanes.forEach(({ pace, flights }, index) => {
      // What is slow seems far away.
      this.#context.globalAlpha = 0.55 + 0.375 * pace;
      for (const flight of flights) this.#paint(flight, (index + 0.5) * LANE_HEIGHT);
    });
  }

  #paint({ text, own, width, x }: Flight, y: number): void {
    const context = this.#context;
    context.fillText(text, own ? x + PADDING : x, y);
    if (!own) return;
    context.beginPath();
    context.roundRect(x, y - LANE_HEIGHT / 2 + 2, width, LANE_HEIGHT - 4, 8);
    context.stroke();
  }

  /** As many pixels as the screen has there, in the style of the canvas: both may change at any time. */
  #fit(width: number, height: number): void {
    const scale = devicePixelRatio;
    const pixels = [Math.round(width * scale), Math.round(height * scale)] as const;
    if (this.#canvas.width === pixels[0] && this.#canvas.height === pixels[1]) return;
    [this.#canvas.width, this.#canvas.height] = pixels;
    const style = getComputedStyle(this.#canvas);
    const context = this.#context;
    context.scale(scale, scale);
    context.font = style.font;
    context.fillStyle = style.color;
    context.strokeStyle = style.accentColor;
    context.lineWidth = 2;
    context.textBaseline = "middle";
    // Letters that keep their distances on the way.
    context.textRendering = "geometricPrecision";
  }
}

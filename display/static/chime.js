// Two soft notes for somebody who does not look at the board just now; off until they ask for it, remembered on this machine.

const KEY = "board-sound";
const NOTES = [{hertz: 660, at: 0}, {hertz: 880, at: 0.22}]; // at: seconds
const LASTS = 0.5; // seconds

export class Chime {
  #context = null;

  get on() { return localStorage.getItem(KEY) === "on"; }

  /** A press, which a browser wants before anything may sound. */
  toggle() {
    localStorage.setItem(KEY, this.on ? "off" : "on");
    this.ring();
  }

  ring() {
    if (!this.on) return;
    this.#context ??= new AudioContext();
    if (this.#context.state === "suspended") this.#context.resume();
    for (const {hertz, at} of NOTES) this.#note(hertz, this.#context.currentTime + at);
  }

  #note(hertz, from) {
    const [tone, volume] = [this.#context.createOscillator(), this.#context.createGain()];
    tone.frequency.value = hertz;
    volume.gain.setValueAtTime(0.25, from);
    volume.gain.exponentialRampToValueAtTime(0.001, from + LASTS);
    tone.connect(volume).connect(this.#context.destination);
    tone.start(from);
    tone.stop(from + LASTS);
  }
}

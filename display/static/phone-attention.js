/* Getting the attention of somebody who put the phone away: title, vibration and three notes; each where the phone allows it. */

const NEAR = 3;                             // told once when so many people are before me
const CALL_PATTERN_MS = [400, 200, 400, 200, 800];
const NEAR_PATTERN_MS = [200];
const NOTES_HZ = [660, 880, 1100];
const NOTE_SECONDS = 0.22;
const BLINKS = 20;

export class Attention {
  #sound = null;
  #calls = null;                            // calls heard so far; null before the first answer
  #near = false;
  #blinking = null;

  /** A touch is what browsers ask for before a page may make a sound later. */
  allow() {
    this.#sound ??= window.AudioContext ? new AudioContext() : null;
    this.#sound?.resume();
  }

  /** Looks at the ticket after every change. A call that was made before the page was opened is shown, and heard if it still stands. */
  heard(ticket) {
    const called = ticket.state === "called";
    const again = called && ticket.calls > (this.#calls ?? 0);
    this.#calls = ticket.calls ?? 0;
    if (again) this.#call(ticket);
    else if (!called) this.#rest(ticket);
  }

  #call({number, window: place}) {
    vibrate(CALL_PATTERN_MS);
    this.#play();
    this.#blink(`请到${place}号窗口 · ${number}`, `轮到您了 · ${number}`);
  }

  #rest(ticket) {
    clearInterval(this.#blinking);
    const near = ticket.state === "waiting" && ticket.ahead <= NEAR;
    if (near && !this.#near) vibrate(NEAR_PATTERN_MS);
    this.#near = near;
    document.title = titleOf(ticket);
  }

  #blink(...titles) {
    clearInterval(this.#blinking);
    let count = 0;
    document.title = titles[0];
    this.#blinking = setInterval(() => {
      document.title = titles[++count % titles.length];
      if (count >= BLINKS) clearInterval(this.#blinking);
    }, 1_000);
  }

  #play() {
    if (this.#sound?.state !== "running") return;
    NOTES_HZ.forEach((hertz, index) => {
      const [note, loud] = [this.#sound.createOscillator(), this.#sound.createGain()];
      const start = this.#sound.currentTime + index * NOTE_SECONDS;
      note.frequency.value = hertz;
      loud.gain.setValueAtTime(0.4, start);
      loud.gain.exponentialRampToValueAtTime(0.001, start + NOTE_SECONDS * 1.8);
      note.connect(loud).connect(this.#sound.destination);
      note.start(start);
      note.stop(start + NOTE_SECONDS * 2);
    });
  }
}

/** Only where the phone can and the page was touched: else the browser refuses and writes an error. */
function vibrate(pattern) {
  if (navigator.userActivation?.hasBeenActive !== false) navigator.vibrate?.(pattern);
}

function titleOf({state, number, ahead}) {
  const words = {waiting: `前面 ${ahead} 人`, serving: "正在办理", missed: "已过号，可恢复", held: "暂时搁置", done: "已办结", cancelled: "已取消", expired: "已失效"};
  return `${words[state] ?? ""} · ${number}`;
}

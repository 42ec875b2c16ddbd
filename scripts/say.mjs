// What the scripts tell the person at the terminal.

const NEWS_EVERY_MS = 15_000;
let out = process.stdout;

/** A fault with one clear line; the stack would tell the reader nothing. */
export class Fault extends Error {}

/** From now on progress goes to stderr: stdout belongs to the program that runs in the end. */
export function sayOnStderr() {
  out = process.stderr;
}

export function say(line) {
  out.write(`gloss: ${line}\n`);
}

/** Says that something begins, every now and then that it goes on, and how long it took. */
export async function saying(what, work) {
  const began = Date.now();
  const seconds = () => `${Math.round((Date.now() - began) / 1000)} s`;
  say(`${what}…`);
  const news = setInterval(() => say(`${what}… ${seconds()}`), NEWS_EVERY_MS);
  try {
    const result = await work();
    say(`${what}: done in ${seconds()}`);
    return result;
  } finally {
    clearInterval(news);
  }
}

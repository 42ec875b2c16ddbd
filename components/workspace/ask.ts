import { signal } from '../live/signals';

/** How long a note may take to open before a wish for it is given up, and how often it is asked. Milliseconds. */
const PATIENCE = 8_000;
const AGAIN = 100;

/** Asks something of the note that stands beside the article, also when it has to be opened first. */
export function askNote(...wish: Parameters<typeof signal>): void {
  const until = Date.now() + PATIENCE;
  const ask = () => {
    if (!signal(...wish) && Date.now() < until) setTimeout(ask, AGAIN);
  };
  ask();
}

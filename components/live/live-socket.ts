import type { Event } from '@/lib/events/event';
import { CLOSE } from '@/lib/live/close-codes';
import type { LiveMessage, LiveRequest, Whereabouts } from '@/lib/live/protocol';
import type { Connection, Ended } from './project-state';
import { turnedAway } from './turned-away';

export type LiveSocketNeeds = {
  /** Without the query; `ws:` or `wss:`. */
  url: string;
  /** The newest event that is known; the server sends what came after. */
  after: () => number;
  onEvents: (events: readonly Event[]) => void;
  onMessage: (message: Exclude<LiveMessage, { type: 'event' | 'pong' }>) => void;
  onConnection: (connection: Connection, because?: string, ended?: Ended) => void;
  random?: () => number;
  /** Milliseconds: the first wait before coming back, the longest, and the time between pings. */
  timing?: { first: number; longest: number; ping: number };
};

/** Two silent pings tell of a dead line: whoever reads knows within five seconds that they are cut off. */
const TIMING = { first: 500, longest: 10_000, ping: 2_000 };
const WHY: Record<number, string> = {
  [CLOSE.unauthenticated]: 'You are signed out. Sign in again to go on.',
  [CLOSE.needsFactor]:
    'This project is open only to members with a second factor. Add one on the page of your account, then come back.',
  [CLOSE.noAccess]: 'You no longer have access to this project.',
  [CLOSE.notFound]: 'This project is no longer there for you.',
};

const ENDED: Record<number, Ended> = {
  [CLOSE.unauthenticated]: 'signed-out',
  [CLOSE.needsFactor]: 'needs-factor',
  [CLOSE.noAccess]: 'no-access',
  [CLOSE.notFound]: 'no-access',
};

/** Where a page is that has not said so. */
export const NOWHERE: Whereabouts = {
  sourceId: null,
  noteId: null,
  following: null,
  reading: null,
  hidden: false,
};

/** A close code after which coming back is of no use. */
function isFinal(code: number): boolean {
  return code >= 4400 && code < 4500;
}

/** Keeps one socket to a project open: comes back after a loss, asks for what was missed, says where this page is. */
export class LiveSocket {
  readonly #needs: LiveSocketNeeds;
  readonly #timing: typeof TIMING;
  #socket: WebSocket | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #pings: ReturnType<typeof setInterval> | undefined;
  #failures = 0;
  #heard = false;
  #over = false;
  /** Why the server does not let this page in for now, when it said so. */
  #because: string | undefined;
  /** Events of a replay are handed over together when it is complete. */
  #replay: Event[] | undefined;
  #at: Whereabouts = NOWHERE;

  constructor(needs: LiveSocketNeeds) {
    this.#needs = needs;
    this.#timing = needs.timing ?? TIMING;
    this.#open();
  }

  /** Says where this page is now. */
  setWhereabouts(at: Whereabouts): void {
    const keys = Object.keys(at) as (keyof Whereabouts)[];
    if (keys.every((key) => at[key] === this.#at[key])) return;
    this.#at = at;
    this.#send({ type: 'presence', at });
  }

  /** Connects anew at once, for example because the machine is online again or older events are needed. */
  reopen(): void {
    if (this.#over) return;
    this.#failures = 0;
    this.#drop();
    this.#open();
  }

  /** The machine says that it has no connection: the socket is given up, though it may not know yet. */
  lineIsDead(): void {
    if (!this.#over) this.#lost();
  }

  close(): void {
    this.#over = true;
    this.#drop();
  }

  #open(): void {
    if (this.#failures === 0) this.#needs.onConnection('connecting');
    const socket = new WebSocket(`${this.#needs.url}?after=${this.#needs.after()}`);
    this.#socket = socket;
    this.#replay = [];
    socket.onmessage = ({ data }) => {
      this.#heard = true;
      this.#receive(JSON.parse(String(data)) as LiveMessage);
    };
    socket.onclose = ({ code, reason }) => this.#closed(code, reason);
    this.#heard = true;
    this.#pings = setInterval(() => {
      // Nothing since the last ping: the line is dead, though nobody said so.
      if (!this.#heard) this.#lost();
      this.#heard = false;
      this.#send({ type: 'ping' });
    }, this.#timing.ping);
  }

  #receive(message: LiveMessage): void {
    if (message.type === 'event') {
      if (this.#replay === undefined) this.#needs.onEvents([message.event]);
      else this.#replay.push(message.event);
      return;
    }
    if (message.type === 'pong') return;
    if (message.type === 'ready') {
      if (this.#replay !== undefined && this.#replay.length > 0) this.#needs.onEvents(this.#replay);
      this.#replay = undefined;
      this.#failures = 0;
      this.#because = undefined;
      this.#send({ type: 'presence', at: this.#at });
    }
    this.#needs.onMessage(message);
  }

  #closed(code: number, reason: string): void {
    this.#drop();
    this.#because = turnedAway(code, reason);
    if (isFinal(code)) {
      this.#over = true;
      this.#needs.onConnection(
        'closed',
        WHY[code] ?? 'The connection was ended by the server. Reload the page.',
        ENDED[code] ?? 'other',
      );
      return;
    }
    this.#comeBack();
  }

  #lost(): void {
    this.#drop();
    this.#comeBack(true);
  }

  #comeBack(isDead = false): void {
    this.#failures += 1;
    // A line gone silent has been dead for a while; one that was closed mostly comes back at once.
    const cutOff = isDead || this.#failures > 1 || this.#because !== undefined;
    this.#needs.onConnection(cutOff ? 'offline' : 'connecting', this.#because);
    const longest = Math.min(
      this.#timing.longest,
      this.#timing.first * 2 ** Math.min(this.#failures - 1, 10),
    );
    // Half of it by chance, so that not everybody comes back at the same moment.
    const wait = longest * (0.5 + (this.#needs.random ?? Math.random)() / 2);
    this.#retry = setTimeout(() => this.#open(), wait);
  }

  #drop(): void {
    clearTimeout(this.#retry);
    clearInterval(this.#pings);
    const socket = this.#socket;
    this.#socket = undefined;
    // Events of a replay that broke off are kept out: the cursor did not move, they come again.
    this.#replay = undefined;
    if (socket === undefined) return;
    socket.onmessage = null;
    socket.onclose = null;
    socket.close();
  }

  #send(request: LiveRequest): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(request));
  }
}

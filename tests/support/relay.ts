import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type NetConnectOpts, type Socket } from 'node:net';

/** What a relay does with the bytes of one direction; it calls `on` with what is to go on. */
export type Passage = (bytes: Buffer, on: (bytes: Buffer) => void, pair: Pair) => void;

/** A connection that goes through: who came, and what it was led to. */
export type Pair = {
  readonly near: Socket;
  readonly far: Socket;
  /** Nothing more goes through, either way, and neither end is told. */
  isMute: boolean;
};

/** Leads every connection to a port on to somewhere else, and can be told to hold up or lose what goes through. */
export class Relay {
  readonly port: number;
  readonly pairs = new Set<Pair>();
  readonly #server: ReturnType<typeof createServer>;
  #isPaused = false;

  private constructor(server: ReturnType<typeof createServer>) {
    this.#server = server;
    this.port = (server.address() as AddressInfo).port;
  }

  /** `to` is asked at each connection; `outward` is done with what clients send, what comes back goes through as it is. */
  static async open(to: () => NetConnectOpts, outward: Passage = (bytes, on) => on(bytes)): Promise<Relay> {
    const server = createServer({ noDelay: true });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const relay = new Relay(server);
    server.on('connection', (near) => relay.#lead(near, connect(to()), outward));
    return relay;
  }

  #lead(near: Socket, far: Socket, outward: Passage): void {
    const pair: Pair = { near, far, isMute: false };
    this.pairs.add(pair);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      // That an end broke is passed on by its closing.
      one.on('error', () => undefined);
      one.on('close', () => {
        if (!pair.isMute) other.destroy();
        if (other.destroyed) this.pairs.delete(pair);
      });
      if (this.#isPaused) one.pause();
    }
    near.on('data', (bytes) => {
      if (!pair.isMute) outward(bytes, (on) => far.write(on), pair);
    });
    far.on('data', (bytes) => {
      if (!pair.isMute) near.write(bytes);
    });
  }

  /** Holds everything up, new connections too. Nothing is lost. */
  pause(): void {
    this.#isPaused = true;
    for (const { near, far } of this.pairs) for (const end of [near, far]) end.pause();
  }

  resume(): void {
    this.#isPaused = false;
    for (const { near, far } of this.pairs) for (const end of [near, far]) end.resume();
  }

  /** From now on these connections lose all that is sent, and nobody is told. Answers how many they are. */
  mute(which: (pair: Pair) => boolean = () => true): number {
    const chosen = [...this.pairs].filter(which);
    for (const pair of chosen) pair.isMute = true;
    return chosen.length;
  }

  async close(): Promise<void> {
    for (const { near, far } of this.pairs) {
      near.destroy();
      far.destroy();
    }
    this.#server.close();
    await once(this.#server, 'close');
  }
}

/** A database's address as it is through a relay. */
export function addressThrough(relay: Relay, { user, database }: { user: string; database: string }): string {
  return `postgres://${user}@127.0.0.1:${relay.port}/${database}`;
}

import { connect } from 'node:net';
import { WebSocket } from 'ws';
import { NOTE_MESSAGE, SYNC_STEP } from '../../lib/notes/note-sync';
import { askForAll } from '../../tests/support/note-messages';
import { Relay } from '../../tests/support/relay';
import { quantile, residentOf } from '../sync/figures';
import { failuresOf, type Outcome, on, type Row } from './row';
import type { Stage } from './stage';
import { pause, seconds, untilSo } from './waiting';

/** A server must have let go of a client that gives no sign after so long, ms. */
const LET_GO_MS = 45_000;

type Guest = { readonly socket: WebSocket; synced: boolean };

/**
 * Opens so many sockets to the notes of a server, all at once, each of which asks for all of its note; through a port
 * that leads there, where one is named.
 */
function arrive(stage: Stage, slot: number, count: number, through?: number): Guest[] {
  const { place, noteIds, pair } = stage;
  const url = pair.at(slot).url.replace('http', 'ws');
  const port = through ?? Number(new URL(url).port);
  return Array.from({ length: count }, (_, at) => {
    const token = place.tokens[at % place.tokens.length];
    const path = `/sync/${place.projectId}/${noteIds[at % noteIds.length]}?token=${token}`;
    const socket = new WebSocket(url + path, {
      createConnection: () => connect({ host: '127.0.0.1', port }),
    });
    const guest: Guest = { socket, synced: false };
    socket.on('open', () => socket.send(askForAll()));
    socket.on('message', (data: Buffer) => {
      guest.synced ||= data[0] === NOTE_MESSAGE.sync && data[1] === SYNC_STEP.answer;
    });
    // That it was cut off is seen by its state.
    socket.on('error', () => undefined);
    return guest;
  });
}

/** How many sockets a server says it has. */
async function socketsOf(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return [...text.matchAll(/^gloss_sockets\{[^}]*\} (\d+)$/gm)].reduce(
    (sum, [, count]) => sum + Number(count),
    0,
  );
}

const SLOW = 20;

/** Clients that read nothing more, and clients whose line went dead without a word. */
const slow: Row['run'] = ({ quick, open }) =>
  on(open(), async (stage): Promise<Outcome> => {
    const { url } = stage.pair.at(0);
    const pid = stage.pair.running(0)?.pid ?? 0;
    const relay = await Relay.open(() => ({ host: '127.0.0.1', port: Number(new URL(url).port) }));
    const count = quick ? 4 : SLOW;
    try {
      const usual = await socketsOf(url);
      const guests = arrive(stage, 0, count);
      const dead = arrive(stage, 0, count, relay.port);
      await untilSo('all are in', () => [...guests, ...dead].every(({ synced }) => synced));
      const calm = stage.p99();
      const [before, began] = [residentOf(pid), performance.now()];
      for (const { socket } of guests) socket.pause();
      relay.mute();
      await untilSo('they are let go', async () => (await socketsOf(url)) <= usual, LET_GO_MS * 2).catch(
        () => 0,
      );
      const took = performance.now() - began;
      const left = (await socketsOf(url)) - usual;
      const worst = stage.p99();
      const grown = (residentOf(pid) - before) / 1_024;
      const done = await stage.finish();
      for (const { socket } of [...guests, ...dead]) socket.terminate();
      return {
        times: `${count} + ${count}`,
        done,
        goesOn: '–',
        others: `let go after ${seconds(took)}, ${Math.max(0, left)} stayed; p99 of the others ${Math.round(worst)} ms (${Math.round(calm)} ms before); ${grown.toFixed(0)} MiB more`,
        failures: failuresOf({
          'something that was called saved is gone': done.lost === 0,
          'clients that give no sign are kept': left <= 0 && took <= LET_GO_MS + 5_000,
          'the server grew by over 100 MiB': grown < 100,
        }),
      };
    } finally {
      await relay.close();
    }
  });

/** A thousand sockets that come at once, again and again, to servers that are written at. */
const storm: Row['run'] = ({ say, open, quick, times }) =>
  on(open({ env: () => ({ LIMIT_SOCKETS: '400' }) }), async (stage): Promise<Outcome> => {
    const count = quick ? 200 : 1_000;
    const turns = times(3, 1);
    const answers: number[] = [];
    let slowest = 0;
    for (let time = 0; time < turns; time++) {
      const began = performance.now();
      const guests = [0, 1].flatMap((slot) => arrive(stage, slot, count / 2));
      while (!guests.every(({ synced }) => synced)) {
        if (performance.now() - began > 120_000) break;
        const asked = performance.now();
        await (await fetch(`${stage.pair.at(0).url}/api/ready`)).arrayBuffer();
        answers.push(performance.now() - asked);
        await pause(20);
      }
      slowest = Math.max(slowest, performance.now() - began);
      const missing = guests.filter(({ synced }) => !synced).length;
      if (missing > 0) throw new Error(`${missing} of ${count} sockets were not let in`);
      for (const { socket } of guests) socket.terminate();
      say(`${time + 1} of ${turns}`);
    }
    const done = await stage.finish();
    const p99 = quantile(answers, 0.99);
    return {
      times: `${turns} × ${count}`,
      done,
      goesOn: seconds(slowest),
      others: `all were in after that; p99 of an answer meanwhile ${Math.round(p99)} ms`,
      failures: failuresOf({
        'something that was called saved is gone': done.lost === 0,
        'not all were in after 30 s': slowest <= 30_000,
        'answers took over 1 s (p99)': p99 <= 1_000,
      }),
    };
  });

/** What clients do to servers. */
export const CLIENTS: Record<string, Row> = {
  slow: { title: 'Clients read nothing more, or their line goes dead', run: slow },
  storm: { title: 'All sockets come back at once', run: storm },
};

import * as Y from 'yjs';
import { pause, until } from './crowd';
import { cpuOf, quantile, residentOf } from './figures';
import { clientFrame, RawSocket } from './raw-socket';
import type { Rooms, RunningServer } from './servers';
import type { Trace } from './trace';
import { body } from './wire';

/** What it took to open some documents, each with all its content: times in ms, memory in MiB for each document. */
export type Opening = { p50: number; p95: number; cpu: number; memory: number };

type Reader = { readonly ready: Promise<number>; content(): Uint8Array[]; leave(): void };

/**
 * Opens a room and tells how many ms it took until so many bytes of content were there. A later Yjs writes the same
 * document in fewer bytes than an earlier one, but never in fewer than its text has.
 */
function open(server: RunningServer, room: string, person: number, enough: number): Reader {
  const { path, headers } = server.address(room, person);
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const content: Uint8Array[] = [];
  let bytesGot = 0;
  const start = performance.now();
  const patience = setTimeout(
    () => reject(new Error(`${server.name} sent ${bytesGot} bytes of ${enough} in a minute`)),
    60_000,
  );
  const socket: RawSocket = new RawSocket(server.port, path, headers, {
    onOpen: () => {
      for (const message of server.wire.hello(room)) socket.write(clientFrame(message));
    },
    onMessage: (bytes, from, to) => {
      const kind = server.wire.read(bytes, from, to);
      if (kind === 'vector') socket.write(clientFrame(server.wire.answer(room, Uint8Array.of(0, 0))));
      if (kind !== 'answer' && kind !== 'update') return;
      content.push(Uint8Array.from(bytes.subarray(body.start, body.end)));
      bytesGot += body.end - body.start;
      if (bytesGot < enough) return;
      clearTimeout(patience);
      resolve(RawSocket.now - start);
    },
  });
  return { ready: promise, content: () => content, leave: () => socket.destroy() };
}

/**
 * Writes the trace into rooms as it was written: part by part, so that a server that shortens its log will. The writers
 * stay until what it answers is called.
 */
export async function fill(
  server: RunningServer,
  rooms: readonly string[],
  trace: Trace,
): Promise<() => void> {
  const echoes = server.name.startsWith('y-');
  const writers = rooms.map((room, person) => {
    const { path, headers } = server.address(room, person);
    const opened = Promise.withResolvers<void>();
    let saved = 0;
    const socket: RawSocket = new RawSocket(server.port, path, headers, {
      onOpen: () => {
        for (const message of server.wire.hello(room)) socket.write(clientFrame(message));
      },
      onMessage: (bytes, from, to) => {
        const kind = server.wire.read(bytes, from, to);
        if (kind === 'answer') opened.resolve();
        if (kind === 'saved') saved = server.wire.saved(saved, bytes, to);
        // y-websocket-server has no such word, but sends each part back.
        if (kind === 'update' && echoes) saved++;
      },
    });
    return { socket, room, opened: opened.promise, saved: () => saved };
  });
  await Promise.all(writers.map((writer) => writer.opened));
  for (const [at, part] of trace.parts.entries()) {
    for (const { socket, room } of writers) socket.write(clientFrame(server.wire.update(room, part)));
    await until('a part is saved', () => writers.every((writer) => writer.saved() > at), 120_000);
  }
  return () => {
    for (const { socket } of writers) socket.destroy();
  };
}

/** Opens each room once, one after the other. The readers stay until all are in. @throws Error on wrong content. */
export async function openAll(
  server: RunningServer,
  rooms: readonly string[],
  trace: Trace,
): Promise<{ opening: Opening; leave(): void }> {
  const memory = residentOf(server.pid);
  const cpu = cpuOf(server.pid);
  const times: number[] = [];
  const readers: Reader[] = [];
  for (const [person, room] of rooms.entries()) {
    const reader = open(server, room, person, trace.text.length);
    readers.push(reader);
    times.push(await reader.ready);
    await pause(20);
  }
  const doc = new Y.Doc();
  for (const update of readers.at(-1)?.content() ?? []) Y.applyUpdate(doc, update);
  const [paragraph] = doc.getXmlFragment('default').toArray();
  const text = paragraph instanceof Y.XmlElement ? paragraph.get(0) : null;
  if (!(text instanceof Y.XmlText) || text.toString() !== trace.text) {
    throw new Error(`${server.name} gave another text than was written`);
  }
  return {
    opening: {
      p50: quantile(times, 0.5),
      p95: quantile(times, 0.95),
      cpu: (cpuOf(server.pid) - cpu) / rooms.length,
      memory: (residentOf(server.pid) - memory) / 1024 / rooms.length,
    },
    leave: () => {
      for (const reader of readers) reader.leave();
    },
  };
}

/** Cold from what is stored, where the server stores, and warm while somebody else has it open. */
export type Opened = { cold: Opening | null; warm: Opening };

/** Fills rooms on one process, then opens them on another (`restart`), or on the same when nothing is stored. */
export async function openTrace(
  first: RunningServer,
  restart: (() => Promise<RunningServer>) | null,
  rooms: Rooms,
  count: number,
  trace: Trace,
): Promise<Opened> {
  const names = await rooms(first.name, count);
  const leaveFilled = await fill(first, names, trace);
  if (restart === null) {
    // Hocuspocus without a database forgets a note as soon as the last one leaves.
    const { opening, leave } = await openAll(first, names, trace);
    leave();
    leaveFilled();
    return { cold: null, warm: opening };
  }
  leaveFilled();
  // Ours puts a note away half a minute after the last one left, Hocuspocus stores within ten seconds: all get the time.
  await pause(45_000);
  await first.stop();
  const second = await restart();
  try {
    const cold = await openAll(second, names, trace);
    const warm = await openAll(second, names, trace);
    cold.leave();
    warm.leave();
    return { cold: cold.opening, warm: warm.opening };
  } finally {
    await second.stop();
  }
}

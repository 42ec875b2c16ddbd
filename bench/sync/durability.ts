import { gather, pause, Tally, until } from './crowd';
import type { RunningServer } from './servers';

/** Letters of one writer: typed, seen by another client, called saved by the server, and gone after the restart. */
export type Durability = { typed: number; seen: number; acked: number; lostSeen: number; lostAcked: number };

/** Ends the server with a signal while somebody types 20 letters a second, and looks what the next process has. */
export async function interrupt(
  server: RunningServer,
  restart: () => Promise<RunningServer>,
  room: string,
  signal: NodeJS.Signals,
  seconds: number,
): Promise<Durability> {
  const tally = new Tally();
  const letters = Math.ceil((seconds + 2) * 20);
  const [before] = await gather(server, [room], 2, letters, tally);
  const [writer, reader] = before?.seats ?? [];
  if (writer === undefined || reader === undefined) throw new Error('Nobody came in');
  writer.open();
  await pause(300);
  const typing = setInterval(() => writer.type(), 50);
  await pause(seconds * 1_000);
  const stopped = server.stop(signal);
  if (signal === 'SIGKILL') clearInterval(typing);
  await stopped;
  clearInterval(typing);
  await pause(100);
  const seen = reader.seenOf(writer.index);
  const acked = Math.max(0, Math.min(writer.sent, writer.savedLetters()));
  for (const seat of before?.seats ?? []) seat.leave();
  const next = await restart();
  try {
    const [after] = await gather(next, [room], 2, letters, tally);
    const again = after?.seats[1];
    // y-leveldb's content comes after a first empty answer.
    await until('the content is there', () => (again?.seenOf(0) ?? 0) >= seen, 2_000).catch(() => undefined);
    const kept = again?.seenOf(0) ?? 0;
    for (const seat of after?.seats ?? []) seat.leave();
    return {
      typed: writer.sent,
      seen,
      acked,
      lostSeen: Math.max(0, seen - kept),
      lostAcked: Math.max(0, acked - kept),
    };
  } finally {
    await next.stop();
  }
}

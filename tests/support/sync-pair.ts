import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port';
import type { Program } from './program';
import type { Served, SyncPlace } from './sync-processes';

/** Two processes that serve the notes of one database, each always at the same address and in the same folder. */
export class SyncPair {
  readonly #place: SyncPlace;
  readonly #ports: readonly [number, number];
  readonly #env: (slot: number) => Record<string, string>;
  /** What a process leaves behind when it is killed, it finds when it is started again. */
  readonly #folders = [0, 1].map(() => mkdtempSync(join(tmpdir(), 'gloss-pair-')));
  readonly #programs: [Program | null, Program | null] = [null, null];
  /** What went wrong with the processes themselves. */
  readonly faults: string[] = [];
  #said = '';

  private constructor(
    place: SyncPlace,
    ports: readonly [number, number],
    env: (slot: number) => Record<string, string>,
  ) {
    this.#place = place;
    this.#ports = ports;
    this.#env = env;
  }

  /** `env` says what else each process is told. */
  static async open(
    place: SyncPlace,
    env: (slot: number) => Record<string, string> = () => ({}),
  ): Promise<SyncPair> {
    const pair = new SyncPair(place, [await freePort(), await freePort()], env);
    await Promise.all([pair.start(0), pair.start(1)]);
    return pair;
  }

  /** Where a process answers, whether it runs or not. */
  at(slot: number): Served {
    return { url: `http://127.0.0.1:${this.#ports[slot]}` };
  }

  /** The process itself, while it runs. */
  running(slot: number): Program | null {
    return this.#programs[slot] ?? null;
  }

  /** Where the sockets of a process are, without the note. */
  address(slot: number): string {
    return `ws://127.0.0.1:${this.#ports[slot]}/sync/${this.#place.projectId}`;
  }

  async start(slot: number): Promise<void> {
    this.#programs[slot] = await this.#place.serve({
      PORT: `${this.#ports[slot]}`,
      GLOSS_DATA_DIR: this.#folders[slot] ?? '',
      ...this.#env(slot),
    });
  }

  /** Ends a process by a signal. One that had ended by itself, or does not end as it should, is a fault. */
  async end(slot: number, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const program = this.#programs[slot];
    if (!program) return;
    this.#programs[slot] = null;
    const code = await this.#place.end(program, signal);
    this.#said += program.output();
    const wanted = signal === 'SIGKILL' ? null : 0;
    if (code === wanted) return;
    this.faults.push(`process ${slot} ended with ${code} at ${signal}:\n${program.output().slice(-3_000)}`);
  }

  /** Lets a process stand still, or go on. */
  signal(slot: number, signal: 'SIGSTOP' | 'SIGCONT'): void {
    const program = this.#programs[slot];
    if (program) process.kill(program.pid, signal);
  }

  /** The processes no longer hear of each other until they have listened anew. */
  async cutOff(): Promise<void> {
    await this.#place.db.$client.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where query ilike 'listen %'",
    );
  }

  /** Lets no process write into the log of any note meanwhile. */
  async holdUp(meanwhile: () => Promise<void>): Promise<void> {
    const client = await this.#place.db.$client.connect();
    try {
      await client.query('begin');
      await client.query('lock table note_updates in share row exclusive mode');
      await meanwhile();
      await client.query('commit');
    } finally {
      client.release();
    }
  }

  /** All that the processes said since they were started. */
  output(): string {
    return this.#said + this.#programs.map((program) => program?.output() ?? '').join('');
  }

  async close(): Promise<void> {
    await Promise.all([this.end(0, 'SIGTERM'), this.end(1, 'SIGTERM')]);
    for (const folder of this.#folders) rmSync(folder, { recursive: true, force: true });
  }
}

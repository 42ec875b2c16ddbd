import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts a process' time in hundredths of a second. */
const TICK_MS = 10;

/** The fields of /proc/PID/stat from the third on: a name in brackets may hold anything. */
function statOf(pid: number): string[] {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return text.slice(text.lastIndexOf(')') + 2).split(' ');
}

/** CPU time a process has used in all its threads, ms. */
export function cpuOf(pid: number): number {
  const stat = statOf(pid);
  return (Number(stat[11]) + Number(stat[12])) * TICK_MS;
}

/** CPU time of a process with its children, those that ended included, ms: what a Postgres has used. */
export function cpuOfFamily(pid: number): number {
  const stat = statOf(pid);
  let ticks = Number(stat[11]) + Number(stat[12]) + Number(stat[13]) + Number(stat[14]);
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      const child = statOf(Number(entry));
      if (Number(child[1]) === pid) ticks += Number(child[11]) + Number(child[12]);
    } catch {
      // It ended while we looked; its parent has its time now.
    }
  }
  return ticks * TICK_MS;
}

/** Memory a process holds, KiB. */
export function residentOf(pid: number): number {
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
}

/** The share of the whole machine that was busy between two calls, 0 to 1. */
export function busyShare(): () => number {
  const read = () => {
    const [line = ''] = readFileSync('/proc/stat', 'utf8').split('\n');
    const times = line.trim().split(/\s+/).slice(1, 9).map(Number);
    const all = times.reduce((sum, time) => sum + time, 0);
    return { all, idle: (times[3] ?? 0) + (times[4] ?? 0) };
  };
  const before = read();
  return () => {
    const now = read();
    return 1 - (now.idle - before.idle) / Math.max(1, now.all - before.all);
  };
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

/** The value below which this share of the values lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** Counts times in steps of 0.02 ms, so that millions of them take no memory. */
export class Histogram {
  readonly #counts = new Uint32Array(250_001);
  total = 0;

  add(ms: number): void {
    const at = Math.min(this.#counts.length - 1, Math.max(0, Math.round(ms * 50)));
    this.#counts[at] = (this.#counts[at] ?? 0) + 1;
    this.total++;
  }

  quantile(share: number): number {
    let left = this.total * share;
    for (let at = 0; at < this.#counts.length; at++) {
      left -= this.#counts[at] ?? 0;
      if (left <= 0) return at / 50;
    }
    return Number.NaN;
  }
}

import { readFileSync } from 'node:fs';

type Node = {
  id: number;
  callFrame: { functionName: string; url: string; lineNumber: number };
  children?: number[];
};
type Profile = { nodes: Node[]; startTime: number; samples: number[]; timeDeltas: number[] };

/** Between which moments of the machine's steady clock it was measured last, microseconds: a profile has the start-up too. */
export const span = { from: 0, to: 0 };

export const steadyClock = () => Number(process.hrtime.bigint() / 1_000n);

export type Share = { readonly name: string; readonly percent: number };

/** Which functions of a CPU profile took the time that was not idle while it was measured, and which packages. */
export function sharesOf(file: string, count: number): { functions: Share[]; parts: Share[] } {
  const { nodes, startTime, samples, timeDeltas } = JSON.parse(readFileSync(file, 'utf8')) as Profile;
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const functions = new Map<string, number>();
  const parts = new Map<string, number>();
  let busy = 0;
  let clock = startTime;
  samples.forEach((id, at) => {
    const frame = byId.get(id)?.callFrame;
    const time = timeDeltas[at] ?? 0;
    clock += time;
    if (clock < span.from || clock > span.to) return;
    if (frame === undefined || frame.functionName === '(idle)') return;
    busy += time;
    const part = partOf(frame);
    const line = frame.url === '' ? '' : `, line ${frame.lineNumber + 1}`;
    const name = `${frame.functionName || '(nameless)'} (${part}${line})`;
    functions.set(name, (functions.get(name) ?? 0) + time);
    parts.set(part, (parts.get(part) ?? 0) + time);
  });
  const sorted = (times: ReadonlyMap<string, number>) =>
    [...times]
      .sort(([, a], [, b]) => b - a)
      .slice(0, count)
      .map(([name, time]) => ({ name, percent: (time / busy) * 100 }));
  return { functions: sorted(functions), parts: sorted(parts) };
}

/** Calls into the system that put bytes on a socket. */
const WRITES = new Set(['writeBuffer', 'writev', 'writeUtf8String', 'writeLatin1String', 'send']);

function partOf({ functionName, url }: Node['callFrame']): string {
  const inPackage = /\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1];
  if (inPackage !== undefined) return inPackage;
  if (url.startsWith('node:')) return 'Node';
  if (url !== '') return 'Gloss';
  if (functionName === '(garbage collector)') return 'garbage collector';
  return WRITES.has(functionName) ? 'socket writes' : 'native';
}

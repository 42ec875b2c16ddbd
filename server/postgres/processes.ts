import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

export type RunningProcess = { pid: number; command: string };

/** Every process this one can see, with its command line (empty for those that have none, such as zombies). */
export function listProcesses(): RunningProcess[] {
  if (process.platform !== 'linux') return listWithPs();
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => ({ pid: Number(name), command: commandOf(Number(name)) }));
}

/** The command line of a process, or an empty string when it isn't running. */
export function commandOf(pid: number): string {
  if (process.platform !== 'linux') return ps(['-o', 'command=', '-p', String(pid)]).trim();
  return (readProc(`/proc/${pid}/cmdline`) ?? '').replaceAll('\0', ' ').trim();
}

/**
 * What tells a running process from a later one with the same number: the boot it belongs to and its start
 * time. Undefined when no such process runs; a zombie doesn't run.
 */
export function processIdentity(pid: number): string | undefined {
  if (process.platform !== 'linux') {
    const [state, ...started] = ps(['-o', 'state=,lstart=', '-p', String(pid)])
      .trim()
      .split(/\s+/);
    return !state || state.startsWith('Z') ? undefined : started.join('-');
  }
  const stat = readProc(`/proc/${pid}/stat`);
  if (stat === undefined) return undefined;
  // The second field is the program's name, in brackets, and may hold spaces and brackets itself.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const boot = readProc('/proc/sys/kernel/random/boot_id')?.trim() ?? '';
  return fields[0] === 'Z' || fields[0] === 'X' ? undefined : `${boot}:${fields[19]}`;
}

/** Whether a process runs. */
export function isRunning(pid: number): boolean {
  return processIdentity(pid) !== undefined;
}

/** Sends a signal and says whether there was still a process to take it. @throws when it may not be sent. */
export function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
}

function listWithPs(): RunningProcess[] {
  return ps(['-axo', 'pid=,command='])
    .split('\n')
    .map((line) => line.trim().match(/^(\d+)\s+(.*)$/))
    .filter((match) => match !== null)
    .map((match) => ({ pid: Number(match[1]), command: match[2] ?? '' }));
}

function ps(args: string[]): string {
  return spawnSync('ps', args, { encoding: 'utf8' }).stdout ?? '';
}

/** A process may end between being listed and being read: that is the answer, not a fault. */
function readProc(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ESRCH' || code === 'EACCES') return undefined;
    throw error;
  }
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FileLine, leftOver, queueWords, runQueue } from '@/components/sources/file-queue';
import type { Source } from '@/lib/sources/source';

const waiting = (...names: string[]): FileLine[] =>
  names.map((name) => ({ id: name, name, state: 'waiting' }));

/** Runs the files, of which each meets what is said of it, and gives where they stand after and what was sent. */
async function run(lines: readonly FileLine[], meets: (name: string, abort: AbortController) => void) {
  const abort = new AbortController();
  const states = new Map(lines.map((line) => [line.id, line]));
  const sent: string[] = [];
  await runQueue({
    lines,
    signal: abort.signal,
    tell: (line) => states.set(line.id, line),
    failureOf: (cause) => ({
      why: (cause as Error).message,
      stopsAll: (cause as Error).message === 'Too many attempts.',
    }),
    send: async ({ id, name }) => {
      sent.push(id);
      meets(name, abort);
      return {} as Source;
    },
  });
  return { lines: [...states.values()], sent };
}
const statesOf = (lines: readonly FileLine[]) => lines.map(({ state }) => state);
const fail = (message: string): never => {
  throw new Error(message);
};

describe('Several files on their way in', () => {
  it('come in one after another, whatever becomes of one of them, which says why', async () => {
    const { lines, sent } = await run(waiting('a', 'b', 'c'), (name) => {
      if (name === 'b') fail('There is no text in this file.');
    });
    expect(sent).toEqual(['a', 'b', 'c']);
    expect(statesOf(lines)).toEqual(['in', 'failed', 'in']);
    expect(lines[1]?.why).toBe('There is no text in this file.');
    expect(queueWords(lines)).toBe('2 of 3 files are in. 1 failed.');
  });

  it('keep what is in when they are cancelled', async () => {
    const { lines } = await run(waiting('a', 'b', 'c'), (name, abort) => {
      if (name !== 'b') return;
      abort.abort();
      fail('aborted');
    });
    expect(statesOf(lines)).toEqual(['in', 'cancelled', 'cancelled']);
    expect(queueWords(lines)).toBe('1 of 3 files are in. 2 cancelled.');
  });

  it('wait where the next would fail for the same reason', async () => {
    const { lines, sent } = await run(waiting('a', 'b'), () => fail('Too many attempts.'));
    expect(sent).toEqual(['a']);
    expect(statesOf(lines)).toEqual(['failed', 'cancelled']);
  });

  it('are tried again under the same ids, without those that are in', async () => {
    const first = await run(waiting('a', 'b', 'c'), (name) => {
      if (name === 'b') fail('no');
    });
    const second = await run(first.lines, () => undefined);
    expect(second.sent).toEqual(['b']);
    expect(statesOf(second.lines)).toEqual(['in', 'in', 'in']);
    expect(second.lines[1]?.why).toBeUndefined();
  });

  it('say which one is read', () => {
    const [a, b] = waiting('a.txt', 'b.txt') as [FileLine, FileLine];
    expect(queueWords([{ ...a, state: 'reading' }, b])).toBe('0 of 2 files are in. Reading a.txt…');
  });

  it('all end somewhere, and those told as in are those that were taken', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('ok', 'fails', 'stops', 'cancel'), { maxLength: 12 }),
        async (kinds) => {
          const lines = kinds.map((name, at): FileLine => ({ id: String(at), name, state: 'waiting' }));
          let taken = 0;
          const after = await run(lines, (name, abort) => {
            if (name === 'cancel') abort.abort();
            if (name === 'ok') taken += 1;
            else fail(name === 'stops' ? 'Too many attempts.' : 'no');
          });
          expect(after.lines).toHaveLength(kinds.length);
          expect(after.lines.length - leftOver(after.lines).length).toBe(taken);
          for (const { state } of after.lines) expect(['in', 'failed', 'cancelled']).toContain(state);
        },
      ),
      { seed: 20_261_127, numRuns: 200 },
    );
  });
});

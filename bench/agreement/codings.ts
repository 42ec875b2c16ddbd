import type { Coding } from '../../lib/agreement/ratings';
import type { Scope } from '../../lib/agreement/scope';
import { seeded } from '../../lib/agreement/seeded';

const CODES = Array.from({ length: 20 }, (_, at) => `code ${at + 1}`);
const WORDS =
  'the bridge was closed on a Monday and nobody in town had seen that report before it came'.split(' ');

/** Sources of about 1,500 words and what coders made of them: most marks are marks of another coder, shifted or not. */
export function project(coders: number, codingsEach: number, perSource: number, seed: number) {
  const random = seeded(seed);
  const pick = <T>(from: readonly T[]) => from[Math.floor(random() * from.length)] as T;
  const sources = Array.from({ length: Math.ceil(codingsEach / perSource) }, (_, at) => ({
    id: `source ${at}`,
    text: Array.from({ length: 100 }, (_, sentence) => {
      const words = Array.from({ length: 15 }, () => pick(WORDS)).join(' ');
      return `S${words}.${sentence % 5 === 4 ? '\n\n' : ' '}`;
    }).join(''),
  }));
  const names = Array.from({ length: coders }, (_, at) => `coder ${at + 1}`);
  const codings: Coding[] = [];
  for (const source of sources) {
    const marks = Array.from({ length: perSource }, () => {
      const start = Math.floor(random() * (source.text.length - 200));
      return { start, end: start + 20 + Math.floor(random() * 150), code: pick(CODES) };
    });
    for (const coder of names)
      for (const { start, end, code } of marks) {
        const shift = random() < 0.6 ? 0 : Math.floor(random() * 40);
        const own = random() < 0.85 ? code : pick(CODES);
        codings.push({ coder, source: source.id, code: own, start: start + shift, end: end + shift });
      }
  }
  const scope: Omit<Scope, 'unit'> = { coders: names, sources };
  return { scope, codings };
}

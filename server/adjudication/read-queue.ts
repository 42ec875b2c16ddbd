import { createHash } from 'node:crypto';
import type { Reader } from '../../db/access';
import type { Db } from '../../db/client';
import { selectTexts } from '../../db/decisions';
import { type Coding, selectCodings } from '../../db/pass-marks';
import { selectSourceText } from '../../db/sources';
import { agreementOf, type CodedText, codingsAfter } from '../../lib/adjudication/agreement-after';
import type {
  AgreementRecord,
  Decision,
  DisagreementKind,
  DisputedCoding,
  QueuedDisagreement,
} from '../../lib/adjudication/decision';
import { namesOf } from '../../lib/adjudication/gold';
import { type Disagreement, disagreementsOf, type PlacedCoding } from '../../lib/agreement/disagreements';
import type { Pass } from '../../lib/passes/pass';

/** Text shown before and after a disagreement, in UTF-16 units. */
const AROUND = 300;

/** A pass as it is adjudicated: its codings, and where they agree and differ. */
export type Bench = {
  readonly queue: QueuedDisagreement[];
  readonly agreed: (Disagreement & { version: number })[];
  /** The text of a version of a source that has codings of the pass. */
  readonly textOf: (of: { sourceId: string; version: number }) => string;
  /** Those that have a place in the current version of their source. */
  readonly codings: readonly PlacedCoding[];
  readonly sources: readonly CodedText[];
};

type Versioned = PlacedCoding & { readonly version: number };

/**
 * Lays out a pass, of its sources those that its reader may see. A source that fewer than two coders have begun is left out: nobody could
 * disagree, and whoever has not begun has judged nothing. What some coders made alike and others left unmarked is a
 * disagreement too. Marks that have no place in the current version are compared among themselves, in the one they stand in.
 */
export async function layOut(db: Db, reader: Reader, pass: Pass): Promise<Bench> {
  const given = (await selectCodings(db, reader, pass.id)).flatMap(placed);
  const coders = codersBySource(pass, given);
  const current = new Map((await selectTexts(db, reader, [...coders.keys()])).map((one) => [one.id, one]));
  const texts = new Map<string, string>();
  for (const { id, version, text } of current.values()) texts.set(`${id} ${version}`, text);
  const queue: QueuedDisagreement[] = [];
  const agreed: Bench['agreed'] = [];
  for (const [key, some] of Map.groupBy(given, ({ sourceId, version }) => `${sourceId} ${version}`)) {
    const [{ sourceId, version }] = some as [Versioned];
    if (!current.has(sourceId)) continue;
    const text = texts.get(key) ?? (await selectSourceText(db, reader, sourceId, version))?.text ?? '';
    texts.set(key, text);
    for (const one of disagreementsOf(some, (id) => [...(coders.get(id) ?? [])])) {
      if (one.kind === 'same') agreed.push({ ...one, version });
      else queue.push(queued({ ...one, kind: one.kind }, { version, text }));
    }
  }
  queue.sort(
    (a, b) =>
      b.cost - a.cost || (a.sourceId < b.sourceId ? -1 : a.sourceId > b.sourceId ? 1 : a.start - b.start),
  );
  const sources = [...coders].flatMap(([id, who]) => {
    const text = current.get(id);
    if (text === undefined || who.size < 2) return [];
    return [{ id, version: text.version, length: text.text.length, coders: [...who] }];
  });
  return {
    ...{ queue, agreed, sources },
    textOf: ({ sourceId, version }) => texts.get(`${sourceId} ${version}`) ?? '',
    codings: given.filter(({ sourceId, version }) => current.get(sourceId)?.version === version),
  };
}

function placed({ annotationId, coderId, sourceId, version, span, codeIds }: Coding): Versioned[] {
  if (coderId === null) return [];
  return codeIds.map((codeId) => ({ annotationId, coderId, sourceId, version, codeId, ...span }));
}

/** Who judged each source: whoever has begun it, and whoever coded it and was taken off it since. */
function codersBySource(pass: Pass, codings: readonly PlacedCoding[]): Map<string, Set<string>> {
  const waiting = pass.assignments.filter(({ state }) => state === 'not-started');
  const notBegun = new Set(waiting.map(({ sourceId, coderId }) => `${sourceId} ${coderId}`));
  const coders = new Map<string, Set<string>>();
  for (const { sourceId, coderId } of [...pass.assignments, ...codings]) {
    if (notBegun.has(`${sourceId} ${coderId}`)) continue;
    const known = coders.get(sourceId);
    if (known === undefined) coders.set(sourceId, new Set([coderId]));
    else known.add(coderId);
  }
  return coders;
}

function queued(
  { kind, sourceId, start, end, codings, cost }: Omit<Disagreement, 'kind'> & { kind: DisagreementKind },
  { version, text }: { version: number; text: string },
): QueuedDisagreement {
  const from = Math.max(0, start - AROUND);
  const context = { from, text: text.slice(from, end + AROUND) };
  return { key: keyOf(codings), kind, sourceId, version, start, end, codings: [...codings], cost, context };
}

/** Names a disagreement by the marks and codes that it is between: moved spans are the same one, other codes are another. */
export function keyOf(codings: readonly Pick<DisputedCoding, 'annotationId' | 'codeId'>[]): string {
  return createHash('sha256').update(namesOf(codings)).digest('base64url');
}

/** The agreement of the coders as they coded, or with what was decided in place of it. */
export function figuresAt(
  { sources, codings }: Bench,
  decisions: readonly Decision[],
): AgreementRecord['figures'] {
  const all = codings.map(({ annotationId, coderId, sourceId, codeId, start, end }) => ({
    ...{ annotationId, coder: coderId, source: sourceId, code: codeId, start, end },
  }));
  return agreementOf(sources, codingsAfter(sources, all, decisions));
}

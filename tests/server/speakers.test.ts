import '@/tests/support/test-environment';
import { describe, expect, it } from 'vitest';
import type { Annotation } from '@/lib/annotations/annotation';
import { newId } from '@/lib/new-id';
import type { Speaker, SpeakerAnswer } from '@/lib/speakers/speaker';
import { mergeSpeakers } from '@/server/speakers/merge-speakers';
import { addSource, ask, call, grantOf } from '@/tests/support/instance';
import { annotator, owner, projectId, sourceId } from '@/tests/support/one-source';

const here = (given: object = {}, params: Record<string, string> = {}) => ({
  ...given,
  params: { projectId, ...params },
});
const SAID = { type: 'TextQuoteSelector', exact: 'We found no records', prefix: '', suffix: '' };

const quoteOf = (quote: object, by = annotator) =>
  ask<Annotation>(
    'annotation.create',
    by,
    here({ body: { sourceId, motivation: 'quoting', selector: [SAID], quote } }),
  );
const again = (id: string) => ask<Annotation>('annotation.get', annotator, here({}, { annotationId: id }));
const speakerNamed = async (name: string) => {
  const { items } = await ask<{ items: Speaker[] }>('speaker.list', owner, here());
  return items.find((one) => one.name === name);
};
const make = (body: object) => ask<Speaker>('speaker.create', owner, here({ body }));
const merge = (id: string, into: string) =>
  ask<Speaker>('speaker.merge', owner, here({ body: { into } }, { speakerId: id }));
const errorOf = async (response: Response) =>
  ((await response.json()) as { error: { code: string; message: string } }).error;

describe('A quote with a name', () => {
  it('makes a speaker of somebody who is named for the first time, and finds them by any spelling then', async () => {
    const first = await quoteOf({ speaker: 'Inge  Özdemir' });
    expect(first.quote).toMatchObject({ speaker: 'Inge Özdemir', written: 'Inge Özdemir', style: 'direct' });
    const known = await speakerNamed('Inge Özdemir');
    expect(known).toMatchObject({ kind: 'Person', firstMentionId: first.id, aliases: [] });
    const second = await quoteOf({ speaker: 'inge ozdemir' });
    expect(second.quote?.speakerId).toBe(known?.id);
    expect(second.quote?.speaker).toBe('Inge Özdemir');
    expect((await make({ name: 'Ministry of Works' })).kind).toBe('Organization');
  });

  it('learns what the source calls them when that was corrected, and knows it the next time', async () => {
    const made = await quoteOf({ speaker: 'Karl Berg', written: 'Berg' });
    expect((await speakerNamed('Karl Berg'))?.aliases).toEqual(['Berg']);
    expect((await quoteOf({ speaker: 'Berg' })).quote?.speakerId).toBe(made.quote?.speakerId);
    await quoteOf({ speaker: 'Karl Berg', written: 'the spokesperson' });
    await quoteOf({ speaker: 'Karl Berg', written: 'She' });
    expect((await speakerNamed('Karl Berg'))?.aliases).toEqual(['Berg']);
  });

  it('takes no alias away from somebody else', async () => {
    await quoteOf({ speaker: 'Anna Holm' });
    await quoteOf({ speaker: 'Ruth Stein', written: 'Anna Holm' });
    expect((await speakerNamed('Ruth Stein'))?.aliases).toEqual([]);
  });

  it('is made once by two who name the same person at the same moment', async () => {
    const made = await Promise.all(
      Array.from({ length: 6 }, (_, nth) => quoteOf({ speaker: 'Mia Lund' }, nth % 2 ? owner : annotator)),
    );
    expect(new Set(made.map(({ quote }) => quote?.speakerId)).size).toBe(1);
  });

  it('keeps level, hedges and chain, and is hedged as soon as there is a hedge', async () => {
    const other = await addSource(grantOf(owner, projectId), 'Another text.');
    const chain = [
      { role: 'document', label: 'a draft report' },
      { role: 'source', sourceId: other.id },
    ];
    const made = await quoteOf({
      speaker: 'Mia Lund',
      hedges: ['reportedly', 'Reportedly'],
      level: 'background',
      chain,
    });
    expect(made.quote).toMatchObject({ hedged: true, hedges: ['reportedly'], level: 'background' });
    expect(made.quote?.chain.map(({ label, sourceId: id }) => [label, id])).toEqual([
      ['a draft report', null],
      ['', other.id],
    ]);
  });

  it.each<[string, object[]]>([
    ['says nothing', [{ role: 'document', label: ' ' }]],
    [
      'the source itself',
      [
        {
          role: 'source',
          get sourceId() {
            return sourceId;
          },
        },
      ],
    ],
    ['does not exist', [{ role: 'source', sourceId: newId() }]],
    ['does not exist', [{ role: 'speaker', speakerId: newId() }]],
  ])('refuses a chain whose link %s, and keeps nothing', async (words, chain) => {
    const id = newId();
    const body = {
      id,
      sourceId,
      motivation: 'quoting',
      selector: [SAID],
      quote: { speaker: 'Nobody New', chain },
    };
    const response = await call('annotation.create', annotator, here({ body }));
    expect(response.status).toBe(400);
    expect((await errorOf(response)).message).toContain(words);
    expect((await call('annotation.get', annotator, here({}, { annotationId: id }))).status).toBe(404);
    expect(await speakerNamed('Nobody New')).toBeUndefined();
  });

  it('goes by a name that a program sets beside the id it read', async () => {
    const made = await quoteOf({ speaker: 'Old Name' });
    const body = { quote: { ...made.quote, speaker: 'New Name' } };
    const changed = await ask<Annotation>(
      'annotation.update',
      annotator,
      here({ body }, { annotationId: made.id }),
    );
    expect(changed.quote?.speaker).toBe('New Name');
    expect(changed.quote?.speakerId).not.toBe(made.quote?.speakerId);
    const gone = { quote: { ...changed.quote, speaker: '', speakerId: null } };
    const none = await ask<Annotation>(
      'annotation.update',
      annotator,
      here({ body: gone }, { annotationId: made.id }),
    );
    expect(none.quote).toMatchObject({ speaker: '', speakerId: null });
  });

  it('keeps its speaker when something else about the mark is changed', async () => {
    const made = await quoteOf({ speaker: 'Old Name' });
    const body = { body: { type: 'TextualBody', value: 'Look again' } };
    const changed = await ask<Annotation>(
      'annotation.update',
      annotator,
      here({ body }, { annotationId: made.id }),
    );
    expect(changed.quote).toEqual(made.quote);
  });
});

describe('A speaker', () => {
  it('keeps the old name as an alias when renamed, and quotes show the new one', async () => {
    const made = await quoteOf({ speaker: 'J. Weber' });
    const speakerId = made.quote?.speakerId ?? '';
    const body = { name: 'Jonas Weber', role: 'auditor' };
    const renamed = await ask<Speaker>('speaker.update', annotator, here({ body }, { speakerId }));
    expect(renamed).toMatchObject({
      name: 'Jonas Weber',
      aliases: ['J. Weber'],
      role: 'auditor',
      revision: 2,
    });
    expect((await again(made.id)).quote?.speaker).toBe('Jonas Weber');
    expect((await quoteOf({ speaker: 'J. Weber' })).quote?.speakerId).toBe(speakerId);
  });

  it('is refused a name that leads to somebody else, and says whose it is', async () => {
    await make({ name: 'Lea Krug', aliases: ['The Krug'] });
    const response = await call('speaker.create', owner, here({ body: { name: 'the krug' } }));
    expect(response.status).toBe(409);
    expect((await errorOf(response)).message).toContain('“the krug”');
  });

  it('can’t be taken away while a quote is theirs, and comes back by name when it was', async () => {
    const made = await quoteOf({ speaker: 'Per Dahl' });
    const speakerId = made.quote?.speakerId ?? '';
    const refused = await call('speaker.delete', owner, here({}, { speakerId }));
    expect(refused.status).toBe(409);
    await ask('annotation.delete', annotator, here({}, { annotationId: made.id }));
    await ask('speaker.delete', owner, here({}, { speakerId }));
    expect(await speakerNamed('Per Dahl')).toBeUndefined();
    const next = await ask<Speaker>('speaker.restore', owner, here({}, { speakerId }));
    expect(next.deleted).toBeNull();
    expect((await quoteOf({ speaker: 'Per Dahl' })).quote?.speakerId).toBe(speakerId);
  });
});

describe('Two speakers who are one', () => {
  it('are merged: names become aliases, quotes follow, and it can be taken back whole', async () => {
    const short = await quoteOf({ speaker: 'Vogt' });
    const long = await quoteOf({ speaker: 'Elsa Vogt' });
    const [goes, stays] = [short.quote?.speakerId ?? '', long.quote?.speakerId ?? ''];
    const merged = await merge(goes, stays);
    expect(merged).toMatchObject({ id: stays, aliases: ['Vogt'], merged: [{ id: goes, name: 'Vogt' }] });
    expect((await again(short.id)).quote?.speaker).toBe('Elsa Vogt');
    expect(await speakerNamed('Vogt')).toBeUndefined();
    const answer = await ask<SpeakerAnswer>('speaker.get', owner, here({}, { speakerId: goes }));
    expect(answer).toMatchObject({ id: stays, quotes: 2 });
    const { items } = await ask<{ items: { id: string }[] }>(
      'quote.list',
      owner,
      here({ query: { speaker: stays } }),
    );
    expect(items.map(({ id }) => id).sort()).toEqual([short.id, long.id].sort());
    await ask('speaker.restore', owner, here({}, { speakerId: goes }));
    expect((await again(short.id)).quote?.speaker).toBe('Vogt');
    expect((await speakerNamed('Elsa Vogt'))?.aliases).toEqual([]);
    expect((await quoteOf({ speaker: 'Vogt' })).quote?.speakerId).toBe(goes);
  });

  it('stay findable through one who was merged into one who was merged', async () => {
    const [a, b, c] = [
      await make({ name: 'Aa One' }),
      await make({ name: 'Bb Two' }),
      await make({ name: 'Cc Three' }),
    ];
    const said = await quoteOf({ speaker: 'Aa One' });
    await merge(a.id, b.id);
    await merge(b.id, c.id);
    expect((await again(said.id)).quote?.speaker).toBe('Cc Three');
    await ask('speaker.restore', owner, here({}, { speakerId: b.id }));
    expect((await again(said.id)).quote?.speaker).toBe('Bb Two');
    expect((await speakerNamed('Cc Three'))?.aliases).toEqual([]);
  });

  it('end as one or the other when both are merged into each other at once, while quotes are made', async () => {
    const [a, b] = [await make({ name: 'Left Hand' }), await make({ name: 'Right Hand' })];
    const grant = grantOf(owner, projectId);
    const done = await Promise.allSettled([
      mergeSpeakers(grant, a.id, b.id),
      mergeSpeakers(grant, b.id, a.id),
      quoteOf({ speaker: 'Left Hand' }),
      quoteOf({ speaker: 'Right Hand' }),
      mergeSpeakers(grant, a.id, b.id),
    ]);
    const faults = done.flatMap((one) =>
      one.status === 'rejected' ? [one.reason as { code?: string }] : [],
    );
    expect(faults.every(({ code }) => code === 'conflict')).toBe(true);
    const left = [await speakerNamed('Left Hand'), await speakerNamed('Right Hand')].filter(Boolean);
    expect(left).toHaveLength(1);
    const { items } = await ask<{ items: { speaker: { id: string } }[] }>(
      'quote.list',
      owner,
      here({ query: { speaker: left[0]?.id ?? '' } }),
    );
    expect(items).toHaveLength(2);
  });
});

import type { Database } from '../../db/client';
import type { OperationId } from '../../lib/api/operations';
import type { LargeProject } from './large-project';

/** One way to call an operation. `query` and `params` beside the project's id are different each time. */
export type Measured = {
  readonly name: string;
  readonly operation: OperationId;
  /** It reads every coding or text of the project, which takes longer than what reads a part of it. */
  readonly isWhole?: boolean;
  ask(round: number): { params?: Record<string, string>; query?: Record<string, string | number> };
};

/** What stands in the large project, to ask for. */
type Known = {
  sources: string[];
  annotations: string[];
  codes: { id: string; name: string }[];
  people: { id: string; name: string }[];
  speakers: { id: string; name: string }[];
  claims: string[];
  titles: string[];
  lastEvent: number;
};

async function know(db: Database, { projectId }: LargeProject): Promise<Known> {
  const rows = async <T>(sql: string) => (await db.$client.query(sql, [projectId])).rows as T[];
  const ids = async (sql: string) => (await rows<{ id: string }>(sql)).map(({ id }) => id);
  const [last] = await rows<{ id: string }>('select max(id) as id from events where project_id = $1');
  return {
    sources: await ids('select id from sources where project_id = $1 order by id'),
    annotations: await ids(
      'select id from (select id, row_number() over (order by id) as n from annotations where project_id = $1) a where n % 997 = 0',
    ),
    codes: await rows('select id, name from codes where project_id = $1 order by id'),
    people: await rows(
      'select u.id, u.name from users u join project_members m on m.user_id = u.id where m.project_id = $1 order by u.id',
    ),
    speakers: await rows('select id, name from speakers where project_id = $1 order by id limit 60'),
    claims: await ids('select id from claims where project_id = $1 order by id'),
    titles: (
      await rows<{ title: string }>('select title from sources where project_id = $1 order by id limit 60')
    ).map(({ title }) => title),
    lastEvent: Number(last?.id ?? 0),
  };
}

const COMMON = ['report', 'minister', 'budget', 'council', 'denied', 'water', 'public', 'hospital'];
const RARE = ['kiln', 'smelter', 'seasonal', 'foundry', 'dye', 'privatised', 'loom', 'municipal'];
const MISSPELT = [
  'smeltre',
  'fuondry',
  'privatsied',
  'laboratry',
  'testimny',
  'substaton',
  'chronolgy',
  'slaughtr',
];

/** Analyses of a whole project. */
const WHOLE: readonly [string, Record<string, string | number>][] = [
  ['frequencies by source', { kind: 'frequencies' }],
  ['frequencies by person', { kind: 'frequencies', by: 'person' }],
  ['by outlet', { kind: 'cross-table' }],
  ['two codes on a mark', { kind: 'co-occurrence' }],
  ['overlap', { kind: 'co-occurrence', unit: 'overlap' }],
  ['within 2 sentences', { kind: 'co-occurrence', unit: 'sentences', within: 2 }],
  ['all words', { kind: 'words' }],
  ['all phrases of two', { kind: 'words', n: 2 }],
  ['words in context', { kind: 'kwic', q: 'public' }],
];

/** Every list, search and count of a project, called in the ways that ask most of the database. */
export async function operationsOf(db: Database, project: LargeProject): Promise<Measured[]> {
  const known = await know(db, project);
  const nth = <T>(from: readonly T[], round: number): T => from[(round * 7) % from.length] as T;
  const list = (
    name: string,
    operation: OperationId,
    query: (round: number) => Record<string, string | number> = () => ({}),
  ) => ({ name, operation, ask: (round) => ({ query: query(round) }) }) satisfies Measured;
  const ofSource = (name: string, operation: OperationId, query: Record<string, string | number> = {}) =>
    ({
      name,
      operation,
      ask: (round) => ({ params: { sourceId: nth(known.sources, round) }, query }),
    }) satisfies Measured;
  const ofCode = (name: string, query: (round: number) => Record<string, string | number>) =>
    ({
      name,
      operation: 'code.passages',
      ask: (round) => ({ params: { codeId: nth(known.codes, round).id }, query: query(round) }),
    }) satisfies Measured;
  const search = (name: string, q: (round: number) => string, limit = 20) =>
    list(`search: ${name}`, 'search', (round) => ({ q: q(round), limit }));
  const annotations = (name: string, query: (round: number) => Record<string, string | number>) =>
    list(`annotation.list: ${name}`, 'annotation.list', query);
  return [
    list('project.get', 'project.get'),
    list('member.list', 'member.list'),
    list('source.list: 500', 'source.list', () => ({ limit: 500 })),
    ofSource('source.get', 'source.get'),
    ofSource('source-version.list', 'source-version.list'),
    ofSource('target.list: 500', 'target.list', { limit: 500 }),
    ofSource('target.list: waiting', 'target.list', { state: 'waiting' }),
    annotations('first 100', () => ({})),
    annotations('100 from the middle', (round) => ({ cursor: nth(known.annotations, round) })),
    annotations('of a source', (round) => ({ source: nth(known.sources, round) })),
    annotations('of a code', (round) => ({ code: nth(known.codes, round).id })),
    annotations('of a creator', (round) => ({ creator: nth(known.people, round).id })),
    annotations('of a motivation', () => ({ motivation: 'claiming' })),
    annotations('with common words', (round) => ({ q: nth(COMMON, round) })),
    annotations('with rare words', (round) => ({ q: nth(RARE, round) })),
    annotations('with words that nobody wrote', (round) => ({ q: `absent${round}` })),
    list('claim.list: 100', 'claim.list'),
    list('claim.list: of a source', 'claim.list', (round) => ({ source: nth(known.sources, round) })),
    {
      name: 'claim.get',
      operation: 'claim.get',
      ask: (round) => ({ params: { claimId: nth(known.claims, round) } }),
    },
    list('follow-up.list: 500', 'follow-up.list', () => ({ limit: 500 })),
    list('follow-up.list: open, of one', 'follow-up.list', (round) => ({
      owner: nth(known.people, round).id,
      state: 'open',
    })),
    list('follow-up.list: of a source', 'follow-up.list', (round) => ({ source: nth(known.sources, round) })),
    list('activity.list: 200', 'activity.list', () => ({ limit: 200 })),
    list('activity.list: of a person', 'activity.list', (round) => ({ person: nth(known.people, round).id })),
    list('activity.list: of a kind', 'activity.list', () => ({ kind: 'claims' })),
    list('activity.since', 'activity.since'),
    list('speaker.list', 'speaker.list'),
    {
      name: 'speaker.get',
      operation: 'speaker.get',
      ask: (round) => ({ params: { speakerId: nth(known.speakers, round).id } }),
    },
    list('quote.list: newest 50', 'quote.list'),
    list('quote.list: 200 by speaker', 'quote.list', () => ({ sort: 'speaker', limit: 200 })),
    list('quote.list: 200 by source', 'quote.list', () => ({ sort: 'source', limit: 200 })),
    list('quote.list: of a speaker', 'quote.list', (round) => ({ speaker: nth(known.speakers, round).id })),
    list('quote.list: of nobody', 'quote.list', () => ({ speaker: 'none', sort: 'oldest' })),
    list('quote.list: of a source by speaker', 'quote.list', (round) => ({
      source: nth(known.sources, round),
      sort: 'speaker',
    })),
    list('quote.list: of a code', 'quote.list', (round) => ({ code: nth(known.codes, round).id })),
    list('quote.list: of a level', 'quote.list', () => ({ level: 'background', sort: 'source' })),
    list('quote.list: with common words', 'quote.list', (round) => ({ q: nth(COMMON, round) })),
    list('quote.list: with rare words', 'quote.list', (round) => ({ q: nth(RARE, round) })),
    list('quote.list: with rare words by speaker', 'quote.list', (round) => ({
      q: nth(RARE, round),
      sort: 'speaker',
    })),
    list('quote.list: with a name', 'quote.list', (round) => ({ q: nth(known.speakers, round).name })),
    ...WHOLE.map(([name, query]) => ({
      ...list(`analysis.get: ${name}`, 'analysis.get', () => query),
      isWhole: true,
    })),
    list('analysis.get: along a source', 'analysis.get', (round) => ({
      kind: 'timeline',
      source: nth(known.sources, round),
    })),
    list('analysis.get: words of a source', 'analysis.get', (round) => ({
      kind: 'words',
      source: nth(known.sources, round),
    })),
    list('code.list', 'code.list'),
    ofCode('code.passages: first 50', () => ({ limit: 50 })),
    ofCode('code.passages: 50 from the middle', (round) => ({
      limit: 50,
      cursor: nth(known.annotations, round),
    })),
    ofCode('code.passages: to review', () => ({ limit: 50, outdated: 'true' })),
    list('code.counts: of a code', 'code.counts', (round) => ({ code: nth(known.codes, round).id })),
    list('code.counts: all', 'code.counts'),
    list('thread.list: first 100', 'thread.list'),
    list('thread.list: of a source', 'thread.list', (round) => ({ source: nth(known.sources, round) })),
    list('note.list: 500', 'note.list', () => ({ limit: 500 })),
    list('event.list: from the start', 'event.list'),
    list('event.list: from the middle', 'event.list', (round) => ({
      after: known.lastEvent - 500 - round * 97,
    })),
    { name: 'notice.list', operation: 'notice.list', ask: () => ({}) },
    list('saved-search.list', 'saved-search.list'),
    search('a common word', (round) => nth(COMMON, round)),
    search('a common word, 100 a page', (round) => nth(COMMON, round), 100),
    search('two common words', (round) => `${nth(COMMON, round)} ${nth(COMMON, round + 1)}`),
    search('a rare word', (round) => nth(RARE, round)),
    search('a rare and a common word', (round) => `${nth(RARE, round)} ${nth(COMMON, round)}`),
    search('either of two', (round) => `${nth(RARE, round)} OR ${nth(COMMON, round)}`),
    search('a word but not another', (round) => `${nth(COMMON, round)} -${nth(COMMON, round + 1)}`),
    search('a phrase', (round) => `"the ${nth(COMMON, round)} of"`),
    search('the beginning of a word', (round) => `${nth(COMMON, round).slice(0, 4)}*`),
    search('a misspelt word', (round) => nth(MISSPELT, round)),
    search('a word that nobody wrote', (round) => `qwzx${round}`),
    search('code:', (round) => `code:"${nth(known.codes, round).name}"`),
    search('code: and a word', (round) => `code:"${nth(known.codes, round).name}" ${nth(COMMON, round)}`),
    search('by:', (round) => `by:"${nth(known.people, round).name}"`),
    search('speaker:', (round) => `speaker:"${nth(known.speakers, round).name}"`),
    search('source:', (round) => `source:"${nth(known.titles, round)}"`),
    search('kind:quote and a word', (round) => `kind:quote ${nth(COMMON, round)}`),
    search('kind:source and a word', (round) => `kind:source ${nth(COMMON, round)}`),
    search('kind:note', () => 'kind:note'),
    search('status:waiting', () => 'status:waiting'),
    search('status:settled and a word', (round) => `status:settled ${nth(COMMON, round)}`),
    search('kind:claim and a word', (round) => `kind:claim ${nth(COMMON, round)}`),
    search('status:open', () => 'status:open'),
    search('before: and a word', (round) => `before:2024-01-0${(round % 8) + 2} ${nth(COMMON, round)}`),
    search('after:', () => 'after:2024-03-01'),
    search('nothing but not', (round) => `-${nth(COMMON, round)}`),
    search(
      'much at once',
      (round) =>
        `(${nth(COMMON, round)} OR ${nth(RARE, round)}) -kind:source by:"${nth(known.people, round).name}" before:2024-02-20`,
    ),
  ];
}

import { describe, expect, it } from 'vitest';
import { eventWords, isNews } from '@/components/projects/event-words';
import type { Annotation } from '@/lib/annotations/annotation';
import { CLAIM_DEEDS, type Claim, type ClaimDeed } from '@/lib/claims/claim';
import type { Happening } from '@/lib/events/event';
import type { FollowUp } from '@/lib/follow-ups/follow-up';

const PROJECT = '01890000-0000-7000-8000-000000000001';
const names = { source: (id: string) => (id === 's1' ? 'The draft report' : null) };
const root = `/projects/${PROJECT}`;

function said(happening: Happening, actor = 'u1') {
  return eventWords({ projectId: PROJECT, actor: { id: actor, name: 'Ada' }, happening }, names);
}

const mark = (change: Partial<Annotation> = {}, exact = 'We have no record of it') =>
  ({
    id: 'a1',
    sourceId: 's1',
    motivation: 'quoting',
    selector: [
      { type: 'TextPositionSelector', start: 0, end: exact.length },
      { type: 'TextQuoteSelector', exact, prefix: '', suffix: '' },
    ],
    ...change,
  }) as Annotation;

const member = { userId: 'u2', name: 'Ben', email: 'ben@example.org', role: 'editor', joined: '' } as const;

describe('an event in words', () => {
  it('says what was marked and where, and leads there', () => {
    expect(said({ type: 'annotation.created', subject: mark() })).toEqual({
      did: 'marked the quote',
      thing: '“We have no record of it”',
      href: `${root}/sources/s1?mark=a1`,
      after: 'in The draft report',
    });
  });

  it('does not lead to a mark that was deleted, nor name a source that is gone', () => {
    const words = said({ type: 'annotation.deleted', subject: mark({ sourceId: 's2' }) });
    expect(words).toMatchObject({ did: 'deleted the mark on', href: null, after: null });
  });

  it('says what was asked or set, and leads to it', () => {
    const subject = { id: 'f1', kind: 'question', wording: 'Who signed it?' } as FollowUp;
    expect(said({ type: 'follow-up.created', subject })).toMatchObject({
      did: 'wants to know',
      thing: '“Who signed it?”',
      href: `${root}/follow-ups?open=f1`,
    });
    expect(said({ type: 'follow-up.deleted', subject }).href).toBe(null);
  });

  it('shortens a long passage at a word', () => {
    const words = said({ type: 'annotation.created', subject: mark({}, 'so it went '.repeat(40)) });
    expect(words.thing).toMatch(/^“(so it went )+so…”$|^“.+\w…”$/);
    expect(words.thing?.length).toBeLessThan(95);
  });

  it('never cuts a character in two', () => {
    const words = said({ type: 'annotation.created', subject: mark({}, '😀'.repeat(200)) });
    expect(words.thing?.isWellFormed()).toBe(true);
  });

  it('tells joining from being added, and leaving from being taken out', () => {
    expect(said({ type: 'member.added', subject: member }, 'u2').did).toBe('joined');
    expect(said({ type: 'member.added', subject: member }).did).toBe('added');
    expect(said({ type: 'member.removed', subject: member }, 'u2').did).toBe('left the project');
    expect(said({ type: 'member.removed', subject: member }).thing).toBe('Ben');
  });

  it('says what was done to a claim, and leads to it while it is there', () => {
    const claim = { id: 'c1', wording: 'It was closed.' } as Claim;
    const [thing, href] = ['“It was closed.”', `${root}/claims/c1`];
    expect(said({ type: 'claim.created', subject: claim })).toEqual({
      did: 'stated the claim',
      thing,
      href,
      after: null,
    });
    expect(said({ type: 'claim.deleted', subject: claim })).toMatchObject({
      did: 'deleted the claim',
      href: null,
    });
    const did = (deed?: ClaimDeed) => said({ type: 'claim.updated', subject: { ...claim, did: deed } });
    expect(did().did).toBe('changed the claim');
    expect(did('signed-off').did).toBe('signed off the claim');
    expect(did('reopened')).toMatchObject({
      did: 're-opened the claim',
      after: 'whose source has a new version',
    });
    const sentences = new Set(CLAIM_DEEDS.map((deed) => did(deed).did));
    expect(sentences.size).toBe(CLAIM_DEEDS.length);
  });

  it('leads to a note where it is written: beside its source, or on its own page', () => {
    const note = { id: 'n1', sourceId: 's1', title: 'Notes' };
    const own = { ...note, sourceId: null };
    type Subject = Extract<Happening, { type: 'note.created' }>['subject'];
    expect(said({ type: 'note.created', subject: note as Subject }).href).toBe(`${root}/sources/s1`);
    expect(said({ type: 'note.created', subject: own as Subject }).href).toBe(`${root}/notes/n1`);
  });

  it('tells a question from a reply, with their own words', () => {
    const comments = [
      { text: 'Who said it?', mentions: [] },
      { text: 'The minister.', mentions: [] },
    ];
    const thread = { annotationId: 'a1', sourceId: 's1', comments, resolved: null };
    type Subject = Extract<Happening, { type: 'thread.created' }>['subject'];
    const subject = thread as unknown as Subject;
    expect(said({ type: 'thread.created', subject })).toMatchObject({
      did: 'asked',
      thing: '“Who said it?”',
    });
    expect(said({ type: 'comment.created', subject })).toMatchObject({ thing: '“The minister.”' });
    expect(said({ type: 'thread.updated', subject }).did).toBe('reopened');
  });

  it('tells a new version from a correction, and what people decided about marks', () => {
    type Made = Extract<Happening, { type: 'source.version-created' }>['subject'];
    const source = (how: string) => ({ id: 's1', title: 'The draft report', how }) as Made;
    const made = said({ type: 'source.version-created', subject: source('url') });
    expect(made).toMatchObject({ did: 'brought in a new version of', thing: 'The draft report' });
    const corrected = said({ type: 'source.version-created', subject: source('correction') });
    expect(corrected.did).toBe('corrected the text of');
    const subject = { id: 's1', version: 2, decision: 'accepted' as const, annotations: [mark(), mark()] };
    expect(said({ type: 'source.targets-decided', subject })).toEqual({
      did: 'confirmed the place of',
      thing: '2 marks',
      href: `${root}/sources/s1`,
      after: 'in The draft report',
    });
    const carried = { id: 's1', from: 1, to: 2, annotations: [mark()] };
    expect(isNews({ happening: { type: 'source.targets-carried', subject: carried } })).toBe(false);
  });

  it('says how often a page is watched, and what to do about a watch that stopped', () => {
    type Subject = Extract<Happening, { type: 'source.watch-set' }>['subject'];
    const watch = (more = {}) => ({ id: 's1', every: 'six-hours', stopped: null, ...more }) as Subject;
    expect(said({ type: 'source.watch-set', subject: watch() })).toEqual({
      did: 'has the page of',
      thing: 'The draft report',
      href: `${root}/sources/s1`,
      after: 'watched every six hours',
    });
    expect(said({ type: 'source.watch-removed', subject: watch() }).did).toBe('stopped watching');
    const stopped = watch({ stopped: { because: 'gone', advice: 'Bring the new address in.' } });
    expect(said({ type: 'source.watch-stopped', subject: stopped })).toMatchObject({
      did: 'can no longer watch',
      after: 'Bring the new address in.',
    });
  });
});

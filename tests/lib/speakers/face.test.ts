import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EMPTY_QUOTE } from '@/lib/annotations/attribution';
import type { QuoteDetails } from '@/lib/annotations/quote';
import type { Happening } from '@/lib/events/event';
import { newId } from '@/lib/new-id';
import { quoteWithFaces, withoutIdentities } from '@/lib/speakers/face';

const face = { id: newId(), name: 'A clerk', isProtected: true };
const merged = newId();
const secret = {
  faces: new Map([
    [face.id, face],
    [merged, face],
  ]),
  names: new Map([['xanadu quill', face]]),
  marks: new Map([['theirs', face]]),
};
const quote = (over: Partial<QuoteDetails>): QuoteDetails => ({ ...EMPTY_QUOTE, ...over });
const happened = (of: QuoteDetails | null, id: string) =>
  ({ type: 'annotation.created', subject: { id, quote: of } }) as unknown as Happening;
const shown = (of: QuoteDetails, id = 'another') => {
  const { subject } = withoutIdentities(happened(of, id), secret) as { subject: { quote: QuoteDetails } };
  return subject.quote;
};

describe('A quote of a protected speaker', () => {
  it('shows the pseudonym, and not what the source calls them, whoever it was given to then', () => {
    for (const speakerId of [face.id, merged])
      expect(shown(quote({ speaker: 'Xanadu Quill', speakerId, written: 'Quill' }))).toMatchObject({
        speaker: 'A clerk',
        written: '',
        speakerId,
      });
  });

  it('shows the pseudonym where it is older than speakers, by any spelling of the name', () => {
    expect(shown(quote({ speaker: 'XANADU  Quill' })).speaker).toBe('A clerk');
  });

  it('shows the pseudonym where it is older than speakers and theirs now, whatever it called them', () => {
    expect(shown(quote({ speaker: 'The Quill' }), 'theirs').speaker).toBe('A clerk');
    expect(shown(quote({ speaker: 'The Quill' })).speaker).toBe('The Quill');
    expect(shown(quote({ speaker: '' }), 'theirs').speaker).toBe('');
    const known = quote({ speaker: 'The Quill', speakerId: newId() });
    expect(shown(known, 'theirs')).toEqual(known);
  });

  it('does not change what somebody else wrote who is called the same: that would tell who is protected', () => {
    const other = quote({ speaker: 'Xanadu Quill', speakerId: newId() });
    expect(shown(other)).toEqual(other);
  });

  it('shows the pseudonym in a chain', () => {
    const link = { role: 'speaker', label: 'Xanadu', sourceId: null, speakerId: merged } as const;
    const other = { role: 'document', label: 'a draft', sourceId: null, speakerId: null } as const;
    expect(shown(quote({ chain: [link, other] })).chain.map(({ label }) => label)).toEqual([
      'A clerk',
      'a draft',
    ]);
  });

  it('never has a name of them in it, whatever the event is made of', () => {
    const ids = fc.constantFrom(face.id, merged);
    const links = fc.array(
      fc.record({
        role: fc.constant('speaker' as const),
        label: fc.constantFrom('Xanadu', 'Xanadu Quill'),
        sourceId: fc.constant(null),
        speakerId: ids,
      }),
      { maxLength: 3 },
    );
    const given = fc.record({ speakerId: ids, written: fc.constantFrom('', 'Xanadu'), chain: links });
    fc.assert(
      fc.property(given, (over) => {
        const told = JSON.stringify(shown(quote({ ...over, speaker: 'Xanadu Quill' })));
        expect(told).not.toContain('Xanadu');
      }),
    );
  });
});

describe('What happened to a speaker', () => {
  it.each(['created', 'updated', 'merged', 'separated', 'deleted', 'restored'])(
    'is told without anything that was known of them once they are protected: %s',
    (deed) => {
      const subject = {
        id: merged,
        name: 'Xanadu Quill',
        aliases: ['Xanadu'],
        role: 'Xanadu’s clerk',
        affiliation: 'Xanadu',
        affiliationId: newId(),
        firstMentionId: newId(),
        merged: [{ id: newId(), name: 'Xanadu' }],
        isProtected: false,
      };
      const told = withoutIdentities({ type: `speaker.${deed}`, subject } as unknown as Happening, secret);
      expect(JSON.stringify(told)).not.toContain('Xanadu');
      expect(told.subject).toMatchObject({
        name: 'A clerk',
        isProtected: true,
        affiliationId: null,
        firstMentionId: null,
      });
    },
  );
});

describe('A quote of anybody else', () => {
  it('shows the name of whoever stands for them now, and what the source calls them', () => {
    const known = { id: newId(), name: 'Karl Berg', isProtected: false };
    const given = quote({ speakerId: known.id, speaker: 'Berg', written: 'Berg' });
    const named = quoteWithFaces(given, (id) => (id === known.id ? known : undefined));
    expect(named).toMatchObject({ speaker: 'Karl Berg', written: 'Berg' });
    expect(quoteWithFaces(given, () => undefined)).toBe(given);
  });
});

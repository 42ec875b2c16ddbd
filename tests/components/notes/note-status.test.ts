import { describe, expect, it } from 'vitest';
import { isWritable, type NoteFacts, noteStatus, type Stop, stopOf } from '@/components/notes/note-status';
import { CLOSE } from '@/lib/live/close-codes';

const facts = (over: Partial<NoteFacts> = {}): NoteFacts => ({
  loaded: true,
  connected: true,
  trying: false,
  because: null,
  unsaved: 0,
  isDamaged: false,
  keptWords: null,
  stop: null,
  notice: null,
  ...over,
});
const STOPS: Stop[] = [
  'old-schema',
  'signed-out',
  'no-access',
  'not-found',
  'refused',
  'too-large',
  'broken',
];

describe('the state line', () => {
  it.each([
    [facts({ loaded: false, connected: false, trying: true }), 'Opening…'],
    [facts({ connected: false, trying: true, unsaved: 2 }), 'Opening… 2 changes wait'],
    [facts({ loaded: false, connected: false }), 'Offline. This note was not opened on this machine before'],
    [facts(), 'Saved'],
    [facts({ unsaved: 3 }), 'Saving…'],
    [facts({ connected: false }), 'Offline'],
    [facts({ connected: false, unsaved: 1 }), 'Offline, 1 change waits'],
    [facts({ connected: false, unsaved: 7 }), 'Offline, 7 changes wait'],
    [facts({ connected: false, because: 'Close some tabs.' }), 'Close some tabs.'],
    [
      facts({ connected: false, because: 'Close some tabs.', unsaved: 2 }),
      'Close some tabs. 2 changes wait.',
    ],
    [facts({ isDamaged: true }), 'This note is damaged and can only be read'],
    [
      facts({ isDamaged: true, unsaved: 1 }),
      'This note is damaged and can only be read. 1 change waits on this machine',
    ],
    [facts({ stop: 'old-schema', connected: false }), 'Reload needed: Gloss has been updated'],
  ])('of %o says %s', (given, text) => {
    expect(noteStatus(given, true).text).toBe(text);
  });

  it('says read only to whoever may not write', () => {
    expect(noteStatus(facts(), false).text).toBe('Read only');
  });

  it('says saved only when we are connected and nothing of ours is unconfirmed', () => {
    for (const loaded of [true, false])
      for (const connected of [true, false])
        for (const unsaved of [0, 1, 5])
          for (const stop of [null, ...STOPS])
            for (const canWrite of [true, false])
              for (const isDamaged of [true, false]) {
                const given = facts({ loaded, connected, unsaved, stop, isDamaged });
                const { kind, text } = noteStatus(given, canWrite);
                const may = loaded && connected && unsaved === 0 && stop === null && canWrite && !isDamaged;
                expect(kind === 'saved').toBe(may);
                expect(/^saved/i.test(text)).toBe(may);
              }
  });

  it('names what is not saved when the connection has ended for good, or the role no longer writes', () => {
    for (const stop of STOPS)
      expect(noteStatus(facts({ stop, unsaved: 2 }), true).text).toContain('2 changes not saved');
    expect(noteStatus(facts({ unsaved: 1 }), false).text).toBe('Read only, 1 change not saved');
  });

  it('offers to discard what this machine keeps only where the server does not take it', () => {
    const offers = (stop: Stop, unsaved: number) => noteStatus(facts({ stop, unsaved }), true).offers;
    for (const stop of ['refused', 'too-large', 'broken'] as const) {
      expect(offers(stop, 1)).toEqual(['reload', 'discard']);
      expect(offers(stop, 0)).toEqual(['reload']);
    }
    for (const stop of ['old-schema', 'signed-out', 'no-access', 'not-found'] as const)
      expect(offers(stop, 1)).not.toContain('discard');
    expect(noteStatus(facts({ unsaved: 1 }), false).offers).toEqual(['discard']);
    expect(noteStatus(facts(), false).offers).toEqual([]);
  });

  it('offers a way out of a damaged note to whoever may write, and kept words in any state', () => {
    expect(noteStatus(facts({ isDamaged: true }), true).offers).toEqual(['restore']);
    expect(noteStatus(facts({ isDamaged: true }), false).offers).toEqual([]);
    const keptWords = 'from before';
    for (const given of [{}, { connected: false }, { isDamaged: true }, { stop: 'no-access' as const }]) {
      expect(noteStatus(facts({ ...given, keptWords }), true).offers).toContain('kept');
    }
  });

  it('does not put the count into what is said aloud, which each key would repeat', () => {
    const one = noteStatus(facts({ connected: false, unsaved: 1 }), true).announce;
    expect(noteStatus(facts({ connected: false, unsaved: 2 }), true).announce).toBe(one);
    expect(noteStatus(facts({ unsaved: 1 }), true).announce).toBeNull();
  });
});

describe('what a close code means for a note', () => {
  it.each([
    [CLOSE.oldNoteSchema, 'old-schema'],
    [CLOSE.unauthenticated, 'signed-out'],
    [CLOSE.noAccess, 'no-access'],
    [CLOSE.notFound, 'not-found'],
    [CLOSE.tooLarge, 'too-large'],
    [CLOSE.malformed, 'refused'],
    [CLOSE.shuttingDown, null],
    [CLOSE.accessChanged, null],
    [1006, null],
  ])('%d is %s', (code, stop) => {
    expect(stopOf(code)).toBe(stop);
  });

  it('lets nobody type before the note has come, after the end, or without the right', () => {
    expect(isWritable(facts(), true)).toBe(true);
    expect(isWritable(facts({ connected: false }), true)).toBe(true);
    expect(isWritable(facts({ loaded: false }), true)).toBe(false);
    expect(isWritable(facts(), false)).toBe(false);
    expect(isWritable(facts({ isDamaged: true }), true)).toBe(false);
    for (const stop of STOPS) expect(isWritable(facts({ stop }), true)).toBe(false);
  });
});

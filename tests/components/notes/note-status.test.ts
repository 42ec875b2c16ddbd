import { describe, expect, it } from 'vitest';
import { isWritable, type NoteFacts, noteStatus, type Stop, stopOf } from '@/components/notes/note-status';
import { CLOSE } from '@/lib/live/close-codes';

const facts = (over: Partial<NoteFacts> = {}): NoteFacts => ({
  loaded: true,
  connected: true,
  trying: false,
  unsaved: 0,
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
            for (const canWrite of [true, false]) {
              const { kind, text } = noteStatus(facts({ loaded, connected, unsaved, stop }), canWrite);
              const may = loaded && connected && unsaved === 0 && stop === null && canWrite;
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
    for (const stop of STOPS) expect(isWritable(facts({ stop }), true)).toBe(false);
  });
});

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ChipSource } from '@/components/notes/chip-source';
import { chipText, quoted } from '@/components/notes/chip-words';
import { findMarks } from '@/components/notes/quote-picker';
import { CallError } from '@/components/ui/http';
import type { Annotation } from '@/lib/annotations/annotation';
import { EMPTY_QUOTE } from '@/lib/annotations/attribution';
import { newId } from '@/lib/new-id';

const AT = '2026-01-01T00:00:00.000Z';

function mark(exact: string, over: Partial<Annotation> = {}): Annotation {
  return {
    id: newId(),
    projectId: newId(),
    sourceId: newId(),
    version: 1,
    creator: { id: newId(), name: 'Ada' },
    motivation: 'quoting',
    selector: [
      { type: 'TextPositionSelector', start: 0, end: exact.length },
      { type: 'TextQuoteSelector', exact, prefix: '', suffix: '' },
    ],
    body: null,
    codeIds: [],
    quote: { ...EMPTY_QUOTE, speaker: 'R. Ito' },
    created: AT,
    modified: AT,
    revision: 1,
    deleted: null,
    noteIds: [],
    anchoring: null,
    passId: null,
    coderId: null,
    ...over,
  };
}
const storeOf = (...marks: Annotation[]) => new Map(marks.map((one) => [one.id, one]));
const none = new Map();

describe('the words of a chip', () => {
  it('are the whole quote and its speaker as plain text', () => {
    expect(chipText(mark('We did\n not know.'))).toBe('“We did not know.” — R. Ito');
    expect(chipText(mark('We know', { quote: null }))).toBe('“We know”');
  });

  it('keep quotation marks that the passage brings along', () => {
    expect(quoted('“We know”')).toBe('“We know”');
    expect(quoted('"We know"')).toBe('"We know"');
    expect(quoted('he said “no” twice')).toBe('“he said “no” twice”');
  });
});

describe('the marks to quote', () => {
  it('are found by words, speaker and kind, in the order of the text, without deleted ones', () => {
    const late = mark('water rights', {
      selector: [
        { type: 'TextPositionSelector', start: 50, end: 62 },
        { type: 'TextQuoteSelector', exact: 'water rights', prefix: '', suffix: '' },
      ],
    });
    const early = mark('Water levels fell');
    const gone = mark('water', { deleted: AT });
    const all = [late, gone, early];
    expect(findMarks(all, 'WATER ito').map((one) => one.id)).toEqual([early.id, late.id]);
    expect(findMarks(all, 'quote rights').map((one) => one.id)).toEqual([late.id]);
    expect(findMarks(all, 'nobody')).toEqual([]);
  });
});

describe('the annotations behind chips', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('come from the page’s store without asking the server', async () => {
    const here = mark('Here');
    const load = vi.fn();
    const chips = new ChipSource('p', load);
    chips.watch(here.id, () => undefined);
    chips.update(storeOf(here), none);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(chips.look(here.id)).toMatchObject({ state: 'here', annotation: here });
    expect(load).not.toHaveBeenCalled();
  });

  it('are told to the chip when they change, and to that chip only', () => {
    const [one, two] = [mark('One'), mark('Two')];
    const chips = new ChipSource('p', vi.fn());
    chips.update(storeOf(one, two), none);
    const [first, second] = [vi.fn(), vi.fn()];
    chips.watch(one.id, first);
    chips.watch(two.id, second);
    chips.update(storeOf({ ...one, revision: 2, quote: null }, two), none);
    expect([first.mock.calls.length, second.mock.calls.length]).toEqual([1, 0]);
    chips.update(storeOf({ ...one, deleted: AT }, two), none);
    expect(chips.look(one.id)).toMatchObject({ state: 'deleted', annotation: { id: one.id } });
  });

  it('of another source are asked for once, however many chips show them', async () => {
    const far = mark('Far away');
    const load = vi.fn(async () => far);
    const chips = new ChipSource('p', load);
    const told = vi.fn();
    chips.watch(far.id, told);
    chips.watch(far.id, () => undefined);
    expect(chips.look(far.id).state).toBe('loading');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(load).toHaveBeenCalledTimes(1);
    expect(chips.look(far.id)).toMatchObject({ state: 'here', annotation: far });
    expect(told).toHaveBeenCalled();
  });

  it('are asked for four at a time', async () => {
    let running = 0;
    let most = 0;
    const load = async () => {
      most = Math.max(most, ++running);
      await new Promise((done) => setTimeout(done, 10));
      running--;
      return mark('Any');
    };
    const chips = new ChipSource('p', load);
    const ids = Array.from({ length: 11 }, newId);
    for (const id of ids) chips.watch(id, () => undefined);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(most).toBe(4);
    expect(ids.every((id) => chips.look(id).state === 'here')).toBe(true);
  });

  it('that cannot be had are said to be unavailable, and asked for again after the connection is back', async () => {
    const late = mark('Late');
    const load = vi.fn(async () => late).mockRejectedValueOnce(new CallError('offline', 'No connection'));
    const chips = new ChipSource('p', load);
    chips.watch(late.id, () => undefined);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(chips.look(late.id).state).toBe('unavailable');
    chips.retry();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(chips.look(late.id).state).toBe('here');
  });

  it('keep their words when they leave the store, and say deleted when the server no longer has them', async () => {
    const was = mark('Once here');
    const load = vi.fn(async (): Promise<Annotation> => {
      throw new CallError('not-found', 'Not found');
    });
    const chips = new ChipSource('p', load);
    chips.update(storeOf(was), none);
    chips.watch(was.id, () => undefined);
    chips.update(none, none);
    expect(chips.look(was.id)).toMatchObject({ state: 'here', annotation: was });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(chips.look(was.id)).toMatchObject({ state: 'deleted', annotation: was });
  });
});

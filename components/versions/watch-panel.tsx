'use client';
import { useEffect } from 'react';
import { whyNot } from '@/lib/access/why-not';
import type { Source } from '@/lib/sources/source';
import type { CheckResult, Interval, SourceWatch } from '@/lib/sources/watch';
import { useProject } from '../live/project-context';
import { onSignal } from '../live/signals';
import { Because } from '../ui/because';
import { FormError } from '../ui/form-error';
import { CallError, call } from '../ui/http';
import { Select } from '../ui/select';
import { Time } from '../ui/time';
import { useAction } from '../ui/use-action';
import { useCall } from '../ui/use-call';
import { timeWords } from './version-time';

const EVERY: Record<Interval, string> = {
  hour: 'Every hour',
  'six-hours': 'Every six hours',
  day: 'Every day',
  week: 'Every week',
};
const RESULTS: Record<CheckResult, string> = {
  unchanged: 'nothing had changed',
  changed: 'the text had changed, and became a version',
  busy: 'the site did not answer or asked for patience',
  gone: 'there was no page',
  refused: 'the site wanted a login or let no programs in',
  unreadable: 'no text could be read',
  'other-page': 'another page stood there',
  disallowed: 'the site’s robots.txt said no',
  'no-right': 'whoever set it up may no longer change sources',
  failed: 'the look failed here; it is tried again',
};

const SOON_MS = 3_000;
const HOUR_MS = 3_600_000;

/** Looking at a source's page from time to time: off unless somebody switches it on. */
export function WatchPanel({ source }: { source: Source }) {
  const params = { projectId: source.projectId, sourceId: source.id };
  const reason = whyNot(
    useProject((state) => state.role),
    'source-watch.set',
  );
  const { data, error, reload } = useCall(async (signal): Promise<{ watch: SourceWatch | null }> => {
    try {
      return { watch: await call('source-watch.get', { params, signal }) };
    } catch (cause) {
      if (cause instanceof CallError && cause.code === 'not-found') return { watch: null };
      throw cause;
    }
  });
  useEffect(
    () => onSignal('source.watch', ({ sourceId }) => void (sourceId === source.id && reload())),
    [source.id, reload],
  );
  const { version } = source.text;
  // A look makes no event unless it finds something: the panel asks again when one was due.
  useEffect(() => {
    const next = data?.watch?.nextCheck ?? null;
    if (next === null) return;
    const wait = Math.min(Math.max(Date.parse(next) - Date.now(), 0) + SOON_MS, HOUR_MS);
    const timer = setTimeout(reload, wait);
    return () => clearTimeout(timer);
  }, [data, reload]);
  useEffect(() => {
    if (version > 0) reload();
  }, [version, reload]);
  const set = useAction(async (every: Interval | 'off') => {
    const ifMatch = data?.watch?.revision;
    if (every === 'off') await call('source-watch.remove', { params, ifMatch });
    else await call('source-watch.set', { params, body: { every }, ifMatch });
    reload();
  });
  if (source.url === null) return null;
  const watch = data?.watch ?? null;
  const value = watch === null || watch.stopped !== null ? 'off' : watch.every;
  return (
    <section aria-label="Watch the page" className="flex flex-col gap-1.5 text-[14px]">
      <div className="flex flex-wrap items-center gap-2">
        <span>Look at the page for changes</span>
        <Select
          label="How often"
          labelHidden
          size="small"
          className="w-40"
          isDisabled={reason !== null || data === null || set.busy}
          value={value}
          onChange={(every) => void set.run(every)}
          options={[
            { id: 'off', label: 'Never' },
            ...Object.entries(EVERY).map(([id, label]) => ({ id: id as Interval, label })),
          ]}
        />
        <Because id="why-no-watch" reason={reason} />
      </div>
      <FormError>{error ?? set.error}</FormError>
      {watch === null ? (
        <p className="text-[13px] text-muted">
          When its text changes, it becomes a version, and whoever marked or quoted what changed is told.
        </p>
      ) : (
        <p className="text-[13px] text-muted">
          {watch.lastChecked === null || watch.lastResult === null ? null : (
            <>
              Looked <Time at={watch.lastChecked} />: {RESULTS[watch.lastResult]}.{' '}
            </>
          )}
          {watch.nextCheck === null
            ? null
            : `Next at ${timeWords(watch.nextCheck)}, for ${watch.creator.name}.`}
        </p>
      )}
      {watch?.stopped ? (
        <p role="status" className="border-s-2 border-warning ps-2.5 text-[13px]">
          The watch has stopped. {watch.stopped.advice}
        </p>
      ) : null}
    </section>
  );
}

import { randomUUID } from 'node:crypto';
import { database } from '../../db/client';
import {
  type DueWatch,
  finishLook,
  giveHostBack,
  giveLeaseBack,
  leaseDue,
  selectWatch,
  takeHost,
} from '../../db/watches';
import { env } from '../../env';
import { AppError } from '../../lib/errors';
import { nextCheck } from '../../lib/sources/next-check';
import type { SourceWatch } from '../../lib/sources/watch';
import { publish } from '../events/publish';
import { log } from '../log';
import { tellOfStop } from '../notices/work';
import { readTestHosts } from '../sources/fetch-page';
import { type Found, look } from './look';
import { createRobotsFiles } from './robots-files';

/** Pages that one process looks at at once. */
const AT_ONCE = 3;
/** A site is left alone for so long after a look, in ms; for longer where its robots.txt asks for that. */
const GAP_MS = 10_000;
/** Longer than any look takes; a watch and a site that a killed process had taken are free again after it, in ms. */
const LEASE_MS = 5 * 60_000;

export type WatcherOptions = {
  readonly now?: () => Date;
  readonly random?: () => number;
  readonly gapMs?: number;
  readonly leaseMs?: number;
};

export type Watcher = {
  /** Looks at what is due, as much as may be looked at at once, and answers how many pages that were when all is done. */
  lookOnce(): Promise<number>;
  /** Looks from time to time, in ms. */
  start(everyMs: number): void;
  /** Breaks off what is under way, which is due again, and waits for it to end. */
  stop(): Promise<void>;
};

const PURPOSE = 'source watch';

function hostOf(url: string): string | null {
  return URL.parse(url)?.host ?? null;
}

/** Looks at the pages of watched sources; any number of processes share the work through the database. */
export function createWatcher({
  now = () => new Date(),
  random = Math.random,
  gapMs = GAP_MS,
  leaseMs = LEASE_MS,
}: WatcherOptions = {}): Watcher {
  const stopping = new AbortController();
  const testHosts = readTestHosts(env().GLOSS_TEST_IMPORT_HOSTS);
  const robotsFiles = createRobotsFiles({ testHosts, purpose: PURPOSE }, () => now().getTime());
  const underWay = new Set<Promise<void>>();
  let beginning: Promise<Promise<void>[]> = Promise.resolve([]);
  let timer: NodeJS.Timeout | undefined;
  let everyMs: number | null = null;

  async function take(): Promise<{ due: DueWatch[]; until: Date }> {
    const most = AT_ONCE - underWay.size;
    const until = new Date(now().getTime() + leaseMs);
    if (most <= 0 || stopping.signal.aborted) return { due: [], until };
    const given = { now: now(), until, most, newLease: randomUUID, hostOf };
    return { due: await database().transaction((tx) => leaseDue(tx, given)), until };
  }

  /** One look, from the taken watch to the result written down; the sites it asked are given back after it. */
  async function lookAt(due: DueWatch, until: Date): Promise<void> {
    const hosts = new Map([[hostOf(due.url) ?? '', gapMs]]);
    const beforeHop = async (url: URL) => {
      if (!hosts.has(url.host)) {
        if (!(await takeHost(database(), url.host, now(), until)))
          throw new AppError('conflict', 'Another watch asks this site just now.');
        hosts.set(url.host, gapMs);
      }
      const robots = await robotsFiles.of(url, stopping.signal);
      hosts.set(url.host, Math.max(gapMs, robots.delayMs));
      if (!robots.allows(url.href))
        throw new AppError('invalid', "The site's robots.txt asks programs to leave this page alone.", {
          details: { reason: 'robots' },
        });
    };
    const { LIMIT_IMPORT_BYTES: maxBytes } = env();
    const fetching = { signal: stopping.signal, maxBytes, testHosts, beforeHop, purpose: PURPOSE };
    try {
      await finish(due, await look(due, now(), fetching));
    } catch (error) {
      await giveUp(due, error);
    } finally {
      for (const [host, ms] of hosts)
        await giveHostBack(database(), host, until, new Date(now().getTime() + ms));
    }
  }

  async function finish(due: DueWatch, { learned, ...found }: Found): Promise<void> {
    const next = nextCheck(due, found, now(), random());
    await database().transaction(async (tx) => {
      const counted = await finishLook(tx, due, {
        ...learned,
        nextCheck: next.at,
        lastChecked: now(),
        lastResult: found.kind,
        failures: next.failures,
        refusals: next.refusals,
        stoppedBecause: next.stopped,
      });
      if (!counted || next.stopped === null) return;
      const subject = (await selectWatch(tx, { ...due, actor: null }, due.sourceId)) as SourceWatch | null;
      if (subject === null) return;
      await publish(tx, { projectId: due.projectId, actor: null }, { type: 'source.watch-stopped', subject });
      await tellOfStop(tx, subject);
    });
  }

  /** A look that came to no end: broken off (due at once), got in the way of something (due soon), or a fault of ours. */
  async function giveUp(due: DueWatch, error: unknown): Promise<void> {
    if (stopping.signal.aborted) await giveLeaseBack(database(), due);
    else if (error instanceof AppError && error.code === 'conflict')
      await finishLook(database(), due, { nextCheck: new Date(now().getTime() + 2 * gapMs) });
    else {
      log.error({ err: error, sourceId: due.sourceId }, 'a watched page could not be looked at');
      await finish(due, { kind: 'failed' });
    }
  }

  function begin(): Promise<Promise<void>[]> {
    // One after the other: each counts what the one before took.
    beginning = beginning.then(beginNow, beginNow);
    return beginning;
  }

  async function beginNow(): Promise<Promise<void>[]> {
    const { due, until } = await take();
    return due.map((one) => {
      const done = lookAt(one, until)
        .catch((error: unknown) => log.error({ err: error }, 'a look at a watched page was not written down'))
        .finally(() => underWay.delete(done));
      underWay.add(done);
      return done;
    });
  }

  function plan(ms: number): void {
    clearTimeout(timer);
    if (!stopping.signal.aborted) timer = setTimeout(tick, ms);
  }

  function tick(): void {
    begin()
      .then((begun) => {
        // What waits behind these has its turn as soon as one of them is done.
        for (const done of begun) void done.then(() => plan(0));
        plan(everyMs ?? 0);
      })
      .catch((error: unknown) => {
        log.error({ err: error }, 'watched sources could not be looked up');
        plan(everyMs ?? 0);
      });
  }

  return {
    async lookOnce() {
      const begun = await begin();
      await Promise.all(begun);
      return begun.length;
    },
    start(ms) {
      everyMs = ms;
      plan(0);
    },
    async stop() {
      stopping.abort(new DOMException('The program stops.', 'AbortError'));
      clearTimeout(timer);
      // Who asked for it heard of its failure.
      await beginning.catch(() => []);
      await Promise.all(underWay);
    },
  };
}

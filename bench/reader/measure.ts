import type { Browser, CDPSession } from 'playwright-core';
import { pageWith } from '../../tests/support/browser';
import { articleHtml, articleText, marksIn } from './article';
import type * as InPage from './in-page';
import type { SystemName } from './in-page';

const HTML = `<!doctype html><html lang="en"><head><style>
body { margin: 0 } #scroller { height: 100vh; overflow: auto }
#article { width: 680px; margin: 0 auto; font: 18px/1.6 serif; color: #1c1917; background: #fff }
</style></head><body><div id="scroller"><div id="article"></div></div></body></html>`;

/** One round of one system. Times in ms of main-thread CPU, but `hit`, which is wall time; heap in bytes. */
export type Round = {
  paint: number;
  /** What it does in the 0.3 s after that. */
  idle: number;
  add: number;
  remove: number;
  scroll: number;
  hit: number;
  found: number;
  heap: number;
  nodes: number;
};

const FRAMES = 60;
const PIXELS = 100;

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

async function metric(session: CDPSession, name: string): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return metrics.find((each) => each.name === name)?.value ?? Number.NaN;
}

/** Runs one round in a page of its own; `null` when the first paint takes longer than `cap` ms. */
export async function measure(
  browser: Browser,
  system: SystemName,
  words: number,
  marks: number,
  cap: number,
): Promise<Round | null> {
  const { page, call } = await pageWith<typeof InPage>(browser, ['./bench/reader/in-page.ts'], {
    html: HTML,
    viewport: { width: 1280, height: 900 },
  });
  try {
    const session = await page.context().newCDPSession(page);
    // threadTicks counts the CPU time of the main thread, not the wall clock, which other programs would disturb.
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    const cpu = async (act: () => Promise<unknown>) => {
      const before = await metric(session, 'TaskDuration');
      await act();
      return ((await metric(session, 'TaskDuration')) - before) * 1_000;
    };
    const html = articleHtml(words);
    const text = articleText(html);
    await call('prepare', system, html, text, marksIn(text, marks));
    await session.send('HeapProfiler.collectGarbage');
    const nodes = await call('domNodes');
    const heap = await metric(session, 'JSHeapUsedSize');

    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<null>((resolve) => {
      timer = setTimeout(() => resolve(null), cap);
    });
    const painting = cpu(() => call('show'));
    const paint = await Promise.race([painting, late]);
    clearTimeout(timer);
    if (paint === null) {
      painting.catch(() => undefined);
      return null;
    }

    const idle = await cpu(() => call('rest'));
    await session.send('HeapProfiler.collectGarbage');
    const heapAfter = await metric(session, 'JSHeapUsedSize');
    const adds: number[] = [];
    const removes: number[] = [];
    for (let turn = 0; turn < 5; turn += 1) {
      await call('chooseOne', turn);
      adds.push(await cpu(() => call('addOne')));
      removes.push(await cpu(() => call('removeOne')));
    }
    const { ms: hit, found } = await call('hits', 20);
    const scroll = (await cpu(() => call('scroll', FRAMES, PIXELS))) / FRAMES;
    return {
      paint,
      idle,
      add: median(adds),
      remove: median(removes),
      scroll,
      hit,
      found,
      heap: heapAfter - heap,
      nodes: (await call('domNodes')) - nodes,
    };
  } finally {
    await page.close();
  }
}

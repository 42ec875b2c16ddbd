import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { residentOf } from '../sync/figures';
import { failuresOf, type Outcome, on, type Row, skipped } from './row';
import { seconds, untilSo } from './waiting';

const HEAP_MIB = 512;
const AT_ONCE = 4;

/** The pages of a folder, each as what is asked of the API to bring it in. */
function pagesIn(folder: string): { name: string; body: object }[] {
  return readdirSync(join(folder, 'pages'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => ({ name, html: readFileSync(join(folder, 'pages', name, 'source.html'), 'utf8') }))
    .map(({ name, html }) => ({ name, body: { html, title: name, url: `https://example.org/${name}` } }));
}

/** Servers whose heap is capped bring in all pages there are, some at once, while they are written at. */
const heap: Row['run'] = async ({ place, quick, inputs, say, open }) => {
  if (inputs === null)
    return skipped('not tried: there are no pages of others to bring in (`--inputs FOLDER`)');
  const pages = pagesIn(inputs).slice(0, quick ? 8 : undefined);
  const env = () => ({
    NODE_OPTIONS: `--max-old-space-size=${HEAP_MIB}`,
    LIMIT_IMPORTS_PER_HOUR: '100000',
  });
  return on(open({ env }), async (stage): Promise<Outcome> => {
    const pids = [0, 1].map((slot) => stage.pair.running(slot)?.pid ?? 0);
    const answers = new Map<number, number>();
    let [most, at] = [0, 0];
    const look = setInterval(() => {
      most = Math.max(most, ...pids.map((pid) => residentOf(pid)));
    }, 200);
    const began = performance.now();
    const bring = async (hand: number) => {
      for (;;) {
        const page = pages[at++];
        if (page === undefined) return;
        const response = await fetch(
          `${stage.pair.at(hand % 2).url}/api/projects/${place.projectId}/sources`,
          {
            method: 'POST',
            headers: { authorization: `Bearer ${place.tokens[hand]}`, 'content-type': 'application/json' },
            body: JSON.stringify(page.body),
          },
        );
        answers.set(response.status, (answers.get(response.status) ?? 0) + 1);
        if (!response.ok) say(`${page.name}: ${response.status} ${(await response.text()).slice(0, 120)}`);
        else await response.arrayBuffer();
      }
    };
    try {
      await Promise.all(Array.from({ length: AT_ONCE }, (_, hand) => bring(hand)));
    } finally {
      clearInterval(look);
    }
    const took = performance.now() - began;
    await untilSo('both servers live', async () =>
      (await Promise.all([0, 1].map((slot) => fetch(`${stage.pair.at(slot).url}/api/ready`)))).every(
        ({ ok }) => ok,
      ),
    );
    const done = await stage.finish();
    const said = [...answers].map(([status, count]) => `${count} × ${status}`).join(', ');
    return {
      times: `${pages.length} pages, ${AT_ONCE} at once`,
      done,
      goesOn: '–',
      others: `${said} in ${seconds(took)}; ${Math.round(most / 1_024)} MiB resident at most`,
      failures: failuresOf({
        'something that was called saved is gone': done.lost === 0,
        'a page was answered with a fault': [...answers.keys()].every((status) => status < 500),
      }),
    };
  });
};

/** What befalls memory. */
export const MEMORY: Record<string, Row> = {
  heap: { title: `The heap is capped at ${HEAP_MIB} MiB while pages are brought in`, run: heap },
};

import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { openDatabase, setDatabase } from '../../db/client';
import { setEnv } from '../../env';
import { authorize } from '../../server/access/authorize';
import { exportFormat, exportProject } from '../../server/exchange/export';
import { importFile } from '../../server/exchange/import';
import { measured } from './measure';

/**
 * One export or import in a process of its own, so that what others left in memory does not count. Its work comes as JSON; it
 * prints what it took as JSON.
 */
export type Work = {
  readonly connection: Parameters<typeof openDatabase>[0];
  readonly userId: string;
  readonly projectId: string;
  /** Where the file goes to, or comes from. */
  readonly file: string | null;
} & ({ readonly out: string } | { readonly in: string });

const work = JSON.parse(process.argv[2] ?? '{}') as Work;
setEnv({ GLOSS_URL: 'https://gloss.example', LOG_LEVEL: 'error' });
const db = openDatabase(work.connection, { max: 4 });
setDatabase(db, work.connection);
try {
  const via = { kind: 'token', id: 'bench' } as const;
  const actor = {
    userId: work.userId,
    name: 'Ada',
    email: '',
    via,
    scopes: ['read', 'write'] as const,
    ip: null,
  };
  const isOut = 'out' in work;
  const grant = await authorize(actor, isOut ? 'project.read' : 'project.import', work.projectId);
  let [bytes, said] = [0, ''];
  const taken = await measured(async () => {
    if (isOut) {
      const wish = { format: exportFormat(work.out), profile: 'standard' } as const;
      const pieces = async function* () {
        for await (const piece of exportProject(grant, wish)) {
          bytes += piece.byteLength;
          yield piece;
        }
      };
      if (work.file !== null) await pipeline(pieces, createWriteStream(work.file));
      else for await (const _ of pieces());
    } else {
      const file = await readFile(work.file ?? '');
      bytes = file.byteLength;
      const { items } = await importFile(grant, file, { dryRun: false });
      said = items.map(({ what, added }) => `${added} ${what.toLowerCase()}`).join(', ');
    }
  });
  process.stdout.write(JSON.stringify({ ...taken, bytes, said }));
} finally {
  await db.$client.end();
}

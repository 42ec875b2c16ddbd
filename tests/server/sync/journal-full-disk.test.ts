import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { noteKeyOf } from '@/lib/access/note-key';
import { newId } from '@/lib/new-id';
import { Journal, readJournal } from '@/server/sync/journal';
import { fillDisk, mountSmallDisk } from '@/tests/support/small-disk';
import { until } from '@/tests/support/socket';

const folder = mkdtempSync(join(tmpdir(), 'gloss-journal-disk-'));
const isMounted = mountSmallDisk(folder, '1m');
if (!isMounted)
  console.info('A small disk cannot be mounted here: what a full one does to the journal is not tested.');

afterAll(() => {
  if (isMounted) execFileSync('umount', ['-l', folder]);
  rmSync(folder, { recursive: true, force: true });
});

it.skipIf(!isMounted)(
  'A journal that a full disk took nothing of is kept again once there is room',
  async () => {
    const complaints: string[] = [];
    const complain = (_: object, message: string) => complaints.push(message);
    const journal = Journal.open(folder, { info: complain, warn: complain, error: complain }, 20);
    const key = noteKeyOf({ projectId: newId() }, newId());
    const entryOf = (bytes: number) => ({ userId: newId(), update: new Uint8Array(bytes).fill(7) });
    const records = () =>
      readdirSync(folder)
        .filter((name) => name.endsWith('.journal'))
        .flatMap((name) => readJournal(join(folder, name)));

    journal?.add(key, entryOf(100));
    await until(() => records().length === 1);
    const makeRoom = fillDisk(folder);
    journal?.add(key, entryOf(20_000));
    await until(() => complaints.some((line) => line.startsWith('the journal cannot be written')));
    expect(records().length).toBe(1);

    makeRoom();
    await until(() => complaints.includes('the journal is written again'));
    journal?.add(key, entryOf(20_000));
    await until(() => records().length === 2);
    expect(
      records()
        .map(({ entry }) => entry.update.length)
        .sort(),
    ).toEqual([100, 20_000]);
    journal?.close();
  },
);

import { existsSync } from 'node:fs';
import { relative } from 'node:path';
import { BaseSequencer } from 'vitest/node';

/**
 * The files that take longest, about the longest first. Without a cache of earlier runs vitest goes by the size of a
 * file, and a small one that takes minutes starts last: everything waits for it with one worker at rest. The second and
 * the third wait for clocks in part: they stand beside the first, which alone keeps two cores busy.
 */
const LONG = [
  'tests/journeys/xss.test.ts',
  'tests/server/postgres/launch.test.ts',
  'tests/server/ending-access.test.ts',
  'tests/server/sync/convergence-seeds.test.ts',
  'tests/server/sync/faults.test.ts',
  'tests/journeys/every-screen.test.ts',
  'tests/journeys/note/note-editor.test.ts',
  'tests/access/blind.test.ts',
  'tests/access.test.ts',
  'tests/program.test.ts',
  'tests/journeys/two-people.test.ts',
  'tests/journeys/claims.test.ts',
  'tests/journeys/offline.test.ts',
  'tests/journeys/passes.test.ts',
  'tests/journeys/protected-passages.test.ts',
  'tests/journeys/protected-sources.test.ts',
  'tests/server/watch/watcher.test.ts',
  'tests/journeys/apart.test.ts',
  'tests/journeys/sign-in.test.ts',
  'tests/journeys/versions.test.ts',
  'tests/journeys/speakers.test.ts',
  'tests/journeys/codebook.test.ts',
  'tests/journeys/talk.test.ts',
];

/** Starts the long files first, then the others that need the database or a browser; pure ones fill up the end. */
export default class LongestFirst extends BaseSequencer {
  /** @param {import('vitest/node').TestSpecification[]} files */
  async sort(files) {
    const { root } = this.ctx.config;
    const gone = LONG.filter((path) => !existsSync(`${root}/${path}`));
    if (gone.length > 0)
      throw new Error(`No longer there, take it out of longest-first.mjs: ${gone.join(', ')}`);
    /** @param {import('vitest/node').TestSpecification} one */
    const rank = (one) => {
      const at = LONG.indexOf(relative(root, one.moduleId));
      if (at !== -1) return at;
      return one.project.name === 'pure' ? LONG.length + 1 : LONG.length;
    };
    // A stable sort: within a rank, vitest's own order stays.
    return (await super.sort(files)).sort((one, other) => rank(one) - rank(other));
  }
}

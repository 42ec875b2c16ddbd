import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import LongestFirst from './tests/support/longest-first.mjs';

/** Tests of pure code: they must not wait for the database that the others share. */
const PURE = ['lib', 'components', 'scripts'].map((folder) => `tests/${folder}/**/*.test.{ts,tsx}`);

export default defineConfig({
  resolve: { alias: { '@': fileURLToPath(new URL('.', import.meta.url)).replace(/\/$/, '') } },
  test: {
    environment: 'node',
    expect: { poll: { timeout: 15_000 } },
    testTimeout: 30_000,
    hookTimeout: 180_000,
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    projects: [
      // Pure code keeps nothing between files: a process for each would load the same modules over a hundred times.
      { extends: true, test: { name: 'pure', include: PURE, isolate: false } },
      {
        extends: true,
        test: {
          name: 'real',
          include: ['tests/**/*.test.{ts,tsx}'],
          exclude: PURE,
          globalSetup: 'tests/support/global-setup.ts',
        },
      },
    ],
  },
});

import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

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
    projects: [
      { extends: true, test: { name: 'pure', include: PURE } },
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

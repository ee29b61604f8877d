import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/{unit,engine,host,cli,packaging}/**/*.test.{ts,tsx}'],
    testTimeout: 30_000,
    pool: 'forks',
    maxWorkers: 2,
  },
});

import { setEnv } from '@/env';

// Read before anything that looks at the environment as it loads: imported first.
setEnv({
  NODE_ENV: 'test',
  GLOSS_URL: 'http://gloss.test',
  NEXTAUTH_URL: 'http://gloss.test',
  NEXTAUTH_SECRET: 'a secret that only tests use, 32 characters or more',
  LOG_LEVEL: 'silent',
  LIMIT_IMPORTS_PER_HOUR: '100000',
  LIMIT_EXPORTS_PER_HOUR: '100000',
});

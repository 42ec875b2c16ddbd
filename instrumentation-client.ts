import { config } from 'zod/v4/core';

// Zod tries at its first schema whether code may be made from strings. The policy of every page forbids it, and the
// browser reports each try.
config({ jitless: true });

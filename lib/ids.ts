import { z } from 'zod';

/** A UUID of version 7 (RFC 9562): its order is the order of making. The client may choose ids. */
export const Id = z.uuid({ version: 'v7' }).describe('UUIDv7');

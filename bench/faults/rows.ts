import { CLIENTS } from './clients';
import { CLOCKS } from './clock';
import { DELIVERY } from './delivery';
import { MEMORY } from './memory';
import { NOTES } from './notes';
import { PARTITIONS } from './partition';
import { POSTGRES } from './postgres';
import { PROCESSES } from './processes';
import type { Row } from './row';

/** Every fault that is tried, in the order of the table. */
export const ROWS: Record<string, Row> = {
  ...PROCESSES,
  ...POSTGRES,
  ...PARTITIONS,
  ...CLIENTS,
  ...DELIVERY,
  ...CLOCKS,
  ...NOTES,
  ...MEMORY,
};

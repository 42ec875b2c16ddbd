import { connect } from 'node:net';
import { join } from 'node:path';

/** Where the launcher's Postgres listens and what it calls its owner; fixed, because only the folder differs. */
export const PORT = 5432;
export const OWNER = 'gloss';
export const DATABASE = 'gloss';

/** `ready`: takes queries; `busy`: there, but starting, stopping or silent; `absent`: nobody listens. */
export type Answer = 'ready' | 'busy' | 'absent';

const PROTOCOL_3 = 3 << 16;
const PATIENCE_MS = 2_000;

/**
 * Asks the Postgres behind a socket folder whether it takes queries, by opening a session and leaving again.
 * @throws when the socket is there but may not be used.
 */
export function handshake(socketFolder: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const socket = connect(join(socketFolder, `.s.PGSQL.${PORT}`));
    const answer = (value: Answer) => {
      if (value === 'ready' && socket.writable) socket.end(Buffer.from([0x58, 0, 0, 0, 4]));
      else socket.destroy();
      resolve(value);
    };
    let received = Buffer.alloc(0);
    socket.setTimeout(PATIENCE_MS, () => answer('busy'));
    socket.on('connect', () => socket.write(startupMessage()));
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk]);
      const verdict = judge(received);
      if (verdict !== undefined) answer(verdict);
    });
    socket.on('close', () => resolve('busy'));
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ECONNREFUSED') answer('absent');
      else if (error.code === 'EACCES') reject(error);
      else answer('busy');
    });
  });
}

function startupMessage(): Buffer {
  const body = Buffer.from(`user\0${OWNER}\0database\0${DATABASE}\0\0`);
  const head = Buffer.alloc(8);
  head.writeInt32BE(body.length + 8, 0);
  head.writeInt32BE(PROTOCOL_3, 4);
  return Buffer.concat([head, body]);
}

/** Reads messages (one letter, a length, a body) up to the one that settles it. */
function judge(bytes: Buffer): Answer | undefined {
  let at = 0;
  while (at + 5 <= bytes.length) {
    const kind = String.fromCharCode(bytes[at] ?? 0);
    const end = at + 1 + bytes.readInt32BE(at + 1);
    if (end > bytes.length) return undefined;
    if (kind === 'Z') return 'ready';
    if (kind === 'E') {
      // Every place taken means that it works; anything else means not (yet).
      return bytes.subarray(at, end).includes('C53300\0') ? 'ready' : 'busy';
    }
    at = end;
  }
  return undefined;
}

import { createHash, createSign, generateKeyPairSync, randomBytes } from 'node:crypto';
import { isoCBOR } from '@simplewebauthn/server/helpers';
import type { Assertion, NewCredential } from '@/lib/factors/factor';
import { ORIGIN } from './instance';

type Lies = {
  /** The page that it signs for. */
  origin?: string;
  rpId?: string;
  /** Whether it looked at its owner's finger, face or PIN. */
  verified?: boolean;
  /** What it says to have signed so often. */
  count?: number;
  challenge?: string;
};

const base64url = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');
const sha256 = (bytes: string | Uint8Array) => createHash('sha256').update(bytes).digest();
const [PRESENT, VERIFIED, ATTESTED] = [1, 4, 64];

/** A passkey as software: what an authenticator would answer, or one that lies. */
export class SoftPasskey {
  readonly id = base64url(randomBytes(32));
  readonly #keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  #count = 0;
  /** Whom it is kept for, once it was made. */
  #handle = '';

  /** Answers what a browser is asked to make. */
  create(options: { challenge: string; user?: unknown }, lies: Lies = {}): NewCredential {
    this.#handle = (options.user as { id: string }).id;
    const jwk = this.#keys.publicKey.export({ format: 'jwk' });
    const point = (value = '') => new Uint8Array(Buffer.from(value, 'base64url'));
    const cose = isoCBOR.encode(
      new Map<number, number | Uint8Array<ArrayBuffer>>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, point(jwk.x)],
        [-3, point(jwk.y)],
      ]),
    );
    const id = Buffer.from(this.id, 'base64url');
    const attested = Buffer.concat([Buffer.alloc(16), Buffer.from([0, id.length]), id, cose]);
    const authData = new Uint8Array(Buffer.concat([this.#authData(lies, ATTESTED), attested]));
    const attestation = new Map<string, unknown>([
      ['fmt', 'none'],
      ['attStmt', new Map()],
      ['authData', authData],
    ]);
    return {
      ...this.#shared(),
      response: {
        clientDataJSON: this.#clientData('webauthn.create', options.challenge, lies),
        attestationObject: base64url(isoCBOR.encode(attestation as Parameters<typeof isoCBOR.encode>[0])),
        transports: ['internal'],
      },
    };
  }

  /** Answers what a browser is asked to sign. */
  sign(options: { challenge: string }, lies: Lies = {}): Assertion {
    this.#count += 1;
    const authenticatorData = this.#authData(lies, 0);
    const clientDataJSON = this.#clientData('webauthn.get', options.challenge, lies);
    const signer = createSign('sha256');
    signer.update(authenticatorData).update(sha256(Buffer.from(clientDataJSON, 'base64url')));
    return {
      ...this.#shared(),
      response: {
        clientDataJSON,
        authenticatorData: base64url(authenticatorData),
        signature: base64url(signer.sign(this.#keys.privateKey)),
        userHandle: this.#handle,
      },
    };
  }

  #shared() {
    return { id: this.id, rawId: this.id, type: 'public-key', clientExtensionResults: {} } as const;
  }

  #authData({ rpId = new URL(ORIGIN).hostname, verified = true, count }: Lies, flags: number): Buffer {
    const head = Buffer.alloc(5);
    head.writeUInt8(flags | PRESENT | (verified ? VERIFIED : 0));
    head.writeUInt32BE(count ?? this.#count, 1);
    return Buffer.concat([sha256(rpId), head]);
  }

  #clientData(type: string, challenge: string, { origin = ORIGIN, challenge: other }: Lies): string {
    return base64url(Buffer.from(JSON.stringify({ type, challenge: other ?? challenge, origin })));
  }
}

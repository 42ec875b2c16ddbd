import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { instanceSecret } from './secret';

/** Bytes of a nonce and of a tag of AES-GCM. */
const [NONCE, TAG] = [12, 16];

export type Sealer = {
  /** A secret as it is stored, base64. */
  seal(secret: string): string;
  /** The secret that was sealed; `null` where another instance's secret sealed it. */
  unseal(sealed: string): string | null;
};

/**
 * Seals secrets that are needed again, so that a digest would not do: AES-256-GCM under a key of their own purpose, made
 * of the instance's secret.
 */
export function sealerFor(purpose: string): Sealer {
  const key = () => Buffer.from(hkdfSync('sha256', instanceSecret(), '', `gloss ${purpose}`, 32));
  return {
    seal(secret) {
      const nonce = randomBytes(NONCE);
      const cipher = createCipheriv('aes-256-gcm', key(), nonce);
      const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64');
    },
    unseal(sealed) {
      const bytes = Buffer.from(sealed, 'base64');
      try {
        const decipher = createDecipheriv('aes-256-gcm', key(), bytes.subarray(0, NONCE));
        decipher.setAuthTag(bytes.subarray(NONCE, NONCE + TAG));
        return decipher.update(bytes.subarray(NONCE + TAG), undefined, 'utf8') + decipher.final('utf8');
      } catch {
        // Node says of a wrong key and of a changed text the same, in words that change: neither can be read.
        return null;
      }
    },
  };
}

import { z } from 'zod';

/** What a person calls a passkey: one line. */
export const PasskeyName = z
  .string()
  .trim()
  .min(1, 'Type a name')
  .max(60)
  .regex(/^\P{Cc}*$/u, 'A name stands on one line');

const Bytes = z
  .string()
  .max(20_000)
  .regex(/^[\w-]*$/, 'must be base64url');
const CredentialId = Bytes.min(1).max(1_400);

export const Passkey = z.object({
  /** The credential's id, base64url. */
  id: z.string(),
  name: z.string(),
  created: z.iso.datetime(),
  lastUsed: z.iso.datetime().nullable(),
  /** Whether it is kept on more devices than one. */
  synced: z.boolean(),
});
export type Passkey = z.infer<typeof Passkey>;

/**
 * How a person proves once more who they are: by a second factor, by their password where they have none, or, where they
 * have neither, by having signed in a short time ago.
 */
export const PROOFS = ['factor', 'password', 'sign-in'] as const;
export type ProofKind = (typeof PROOFS)[number];

/** What a person signs in with beside the first proof. */
export const Factors = z.object({
  authenticator: z.object({ created: z.iso.datetime(), lastUsed: z.iso.datetime().nullable() }).nullable(),
  passkeys: z.array(Passkey),
  /** Recovery codes that were not used. */
  recoveryCodesLeft: z.int().min(0),
  proof: z.enum(PROOFS),
  /** Whether they proved themselves a short time ago, so that nothing is asked before a change. */
  proved: z.boolean(),
  /** Whether this instance can have passkeys: its address must be a name, not a number. */
  passkeysWork: z.boolean(),
});
export type Factors = z.infer<typeof Factors>;

const Shared = z.object({
  id: CredentialId,
  rawId: CredentialId,
  type: z.literal('public-key'),
  authenticatorAttachment: z.enum(['platform', 'cross-platform']).optional(),
  clientExtensionResults: z.record(z.string().max(60), z.unknown()),
});

/** A new credential, as WebAuthn's `RegistrationResponseJSON` writes it. */
export const NewCredential = Shared.extend({
  response: z.object({
    clientDataJSON: Bytes,
    attestationObject: Bytes,
    transports: z.array(z.string().max(30)).max(10).optional(),
  }),
});
export type NewCredential = z.infer<typeof NewCredential>;

/** A signature, as WebAuthn's `AuthenticationResponseJSON` writes it. */
export const Assertion = Shared.extend({
  response: z.object({
    clientDataJSON: Bytes,
    authenticatorData: Bytes,
    signature: Bytes,
    userHandle: Bytes.optional(),
  }),
});
export type Assertion = z.infer<typeof Assertion>;

/** A code of six digits, or a recovery code. */
export const FactorCode = z.string().trim().min(6, 'A code has six digits').max(40);

/** One proof of who somebody is. */
export const Proof = z.union([
  z.object({ password: z.string().max(256) }),
  z.object({ code: FactorCode }),
  z.object({ passkey: Assertion }),
]);
export type Proof = z.infer<typeof Proof>;

/** What WebAuthn is asked, as the browser takes it; what it holds is said by that specification. */
export const WebAuthnOptions = z.looseObject({ challenge: z.string() });

/** Recovery codes that were made now, and are shown this once; `null` where those from before go on working. */
export const MadeCodes = z.object({ recoveryCodes: z.array(z.string()).nullable() });

/**
 * Who is asking: a person, through a browser session or an API token, by a watch they set up on a source, by a mail that
 * is being written to them, or by a webhook of theirs.
 */
export type Actor = {
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  /**
   * The session or the token that proved it; ending that ends every door opened with it. A watch (by its source's id), a
   * mail and a webhook open no door: the gate is asked each time.
   */
  readonly via: { readonly kind: 'session' | 'token' | 'watch' | 'mail' | 'webhook'; readonly id: string };
  /** What a token may do: `read` allows no change. A session has both. */
  readonly scopes: readonly Scope[];
  /** The address the request came from, for the audit log. */
  readonly ip: string | null;
};

export const SCOPES = ['read', 'write'] as const;
export type Scope = (typeof SCOPES)[number];

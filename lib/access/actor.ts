/** Who is asking: a signed-in person, through a browser session or an API token. */
export type Actor = {
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  /** The session or the token that proved it; ending that ends every door opened with it. */
  readonly via: { readonly kind: 'session' | 'token'; readonly id: string };
  /** What a token may do: `read` allows no change. A session has both. */
  readonly scopes: readonly Scope[];
  /** The address the request came from, for the audit log. */
  readonly ip: string | null;
};

export const SCOPES = ['read', 'write'] as const;
export type Scope = (typeof SCOPES)[number];

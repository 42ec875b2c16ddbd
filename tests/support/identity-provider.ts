import { generateKeyPairSync, sign } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider, { type Configuration, type JWK } from 'oidc-provider';

export type Profile = { email?: string; email_verified?: boolean; name?: string };

export type IdentityProvider = {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Whom it knows, by subject. */
  readonly profiles: Map<string, Profile>;
  /** Who sits at the browser that comes next. */
  subject: string;
  /** What its discovery document says instead; for one that lies. */
  discovery: Record<string, unknown>;
  /** What its tokens claim instead, and whether they are signed with a key that it does not publish. */
  token: { claims?: Record<string, unknown>; isForged?: boolean };
  /** Signs a person in there, as a browser would that follows the address; answers where it is sent back to. */
  signIn(url: string, subject: string): Promise<URL>;
  close(): Promise<void>;
};

const newKey = () => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const OWN = newKey();

/** The same token with other claims, signed as it was, or by a stranger. */
function reissued(token: string, { claims = {}, isForged = false }: IdentityProvider['token']): string {
  const [header = '', payload = ''] = token.split('.');
  const told = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
  const body = `${header}.${Buffer.from(JSON.stringify({ ...told, ...claims })).toString('base64url')}`;
  const key = isForged ? newKey() : OWN;
  return `${body}.${sign('sha256', Buffer.from(body), key).toString('base64url')}`;
}

const CLIENT = { clientId: 'gloss', clientSecret: 'a secret of the client, known to the tests alone' };

/** A real OpenID Connect provider on this machine, which asks nobody for a password. */
export async function openIdentityProvider(redirectUri: string): Promise<IdentityProvider> {
  const profiles = new Map<string, Profile>();
  const configuration: Configuration = {
    clients: [
      {
        client_id: CLIENT.clientId,
        client_secret: CLIENT.clientSecret,
        redirect_uris: [redirectUri],
        response_types: ['code'],
        grant_types: ['authorization_code'],
      },
    ],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
    findAccount: (_, id) => ({ accountId: id, claims: async () => ({ sub: id, ...profiles.get(id) }) }),
    cookies: { keys: ['only for tests'] },
    jwks: { keys: [OWN.export({ format: 'jwk' }) as JWK] },
    ttl: {
      AccessToken: 600,
      AuthorizationCode: 60,
      Grant: 600,
      IdToken: 600,
      Interaction: 600,
      Session: 600,
    },
  };
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = new Provider(issuer, configuration);
  const handle = provider.callback();
  const self: IdentityProvider = {
    issuer,
    ...CLIENT,
    profiles,
    subject: '',
    discovery: {},
    token: {},
    async signIn(url, whom) {
      self.subject = whom;
      const jar = new Map<string, string>();
      for (let at = new URL(url), hop = 0; hop < 10; hop++) {
        if (at.origin !== issuer) return at;
        const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
        const response = await fetch(at, { redirect: 'manual', headers: { cookie } });
        for (const line of response.headers.getSetCookie()) {
          const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=');
          jar.set(name, value);
        }
        const next = response.headers.get('location');
        if (next === null)
          throw new Error(`The provider answered ${response.status}: ${await response.text()}`);
        at = new URL(next, at);
      }
      throw new Error('The provider sends round in circles');
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };

  /** Agrees at once: to who signs in, and to what the client asks for. */
  async function agree(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { params } = await provider.interactionDetails(request, response);
    const grant = new provider.Grant({ accountId: self.subject, clientId: CLIENT.clientId });
    grant.addOIDCScope(String(params.scope));
    const consent = { grantId: await grant.save() };
    await provider.interactionFinished(request, response, { login: { accountId: self.subject }, consent });
  }

  server.on('request', (request, response) => {
    if (request.url?.startsWith('/interaction/')) {
      agree(request, response).catch((error: Error) => response.writeHead(500).end(error.message));
    } else if (request.url?.endsWith('openid-configuration') && Object.keys(self.discovery).length > 0) {
      const endpoints = {
        issuer,
        authorization_endpoint: `${issuer}/auth`,
        token_endpoint: `${issuer}/token`,
        userinfo_endpoint: `${issuer}/me`,
        jwks_uri: `${issuer}/jwks`,
      };
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ ...endpoints, ...self.discovery }));
    } else {
      if (request.url === '/token') reissue(response, self.token);
      handle(request, response);
    }
  });
  return self;
}

/** Has an answer of the token endpoint carry another ID token than the provider made. */
function reissue(response: ServerResponse, token: IdentityProvider['token']): void {
  if (Object.keys(token).length === 0) return;
  const { end } = response;
  response.end = ((body: Buffer | string) => {
    const told = JSON.parse(String(body)) as { id_token?: string };
    if (told.id_token === undefined) return end.call(response, body, 'utf8');
    const text = JSON.stringify({ ...told, id_token: reissued(told.id_token, token) });
    response.setHeader('content-length', Buffer.byteLength(text));
    return end.call(response, text, 'utf8');
  }) as typeof end;
}

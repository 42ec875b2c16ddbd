import { z } from 'zod';

/** An empty variable in a .env file means "not set", as in `.env.example`. */
const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional());

/** An address or a network, such as `10.0.0.0/8`. */
const network = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]);
const areNetworks = (value: string) =>
  value.split(',').every((part) => network.safeParse(part.trim()).success);

const many = z.coerce.number().int().positive();
const hours = z.coerce.number().positive().max(8_760);

const schema = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('production'),
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  HOST: z.string().min(1).default('127.0.0.1'),
  GLOSS_URL: optional(z.url({ protocol: /^https?$/ })),
  GLOSS_DATA_DIR: z.string().min(1).default('./data'),
  DATABASE_URL: optional(
    z
      .string()
      .regex(/^postgres(ql)?:\/\//, 'must start with postgres:// (or unset it to use the built-in database)'),
  ),
  ROLE: z.enum(['all', 'web', 'sync']).default('all'),
  /** How many proxies stand in front, or the networks they are in; only they may say for whom they ask. */
  TRUSTED_PROXY: optional(
    z
      .string()
      .refine(
        (value) => /^[0-9]$/.test(value) || areNetworks(value),
        'must be how many proxies stand in front (0 to 9), or their addresses and networks, such as 10.0.0.0/8',
      ),
  ),
  NEXTAUTH_SECRET: optional(z.string().min(32, 'must have at least 32 characters')),
  SMTP_URL: optional(z.url({ protocol: /^smtps?$/ })),
  SMTP_FROM: z.string().default('Gloss <gloss@localhost>'),
  OIDC_ISSUER: optional(
    z
      .url({ protocol: /^https?$/ })
      .refine(
        (value) => /^https:|^http:\/\/(localhost|127\.0\.0\.1|\[::1\])[:/]/.test(`${value}/`),
        'must be an https address (http only on this machine)',
      ),
  ),
  OIDC_CLIENT_ID: optional(z.string().min(1)),
  OIDC_CLIENT_SECRET: optional(z.string().min(1)),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  /** Largest import, in bytes. */
  LIMIT_IMPORT_BYTES: z.coerce
    .number()
    .int()
    .positive()
    .default(50 * 1024 * 1024),
  /** Imports a person may start in one hour. */
  LIMIT_IMPORTS_PER_HOUR: z.coerce.number().int().positive().default(30),
  /** Seconds after which a process that serves pages looks for watched sources that are due; 0: it never does. */
  WATCH_POLL_SECONDS: z.coerce.number().min(0).max(86_400).default(30),
  /** Days for which the owners of a deleted project can restore it; then nothing of it is left. */
  DELETED_PROJECT_DAYS: z.coerce.number().min(0).max(3_650).default(30),
  /** Failed sign-ins per account in 15 minutes; an address may fail four times as often. */
  LIMIT_SIGN_INS: z.coerce.number().int().positive().default(5),
  /** Exports of a project or of its quotes that a person may take in one hour. */
  LIMIT_EXPORTS_PER_HOUR: z.coerce.number().int().positive().default(10),
  /** Most members, sources, bytes of files, marks and notes of a project; `gloss project limits` sets others for one. */
  LIMIT_PROJECT_MEMBERS: many.default(500),
  LIMIT_PROJECT_SOURCES: many.default(10_000),
  LIMIT_PROJECT_FILE_BYTES: many.default(20_000_000_000),
  LIMIT_PROJECT_ANNOTATIONS: many.default(1_000_000),
  LIMIT_PROJECT_NOTES: many.default(10_000),
  /** Hours after which a session that nobody used ends. */
  SESSION_IDLE_HOURS: hours.default(7 * 24),
  /** Hours after which a session ends, however much it is used. */
  SESSION_HOURS: hours.default(30 * 24),
  /** Whether projects are open only to members who have a second factor: `true` or `false`. */
  REQUIRE_SECOND_FACTOR: z
    .enum(['true', 'false'])
    .default('false')
    .transform((value) => value === 'true'),
  /** A file of passwords that nobody may choose, one a line, beside those the program brings along. */
  COMMON_PASSWORDS_FILE: optional(z.string().min(1)),
  /** Sockets a person may have open at once in one process: each page takes two. */
  LIMIT_SOCKETS: z.coerce.number().int().positive().default(20),
  /** Rooms a person may join in a minute in one process. */
  LIMIT_ROOM_JOINS: z.coerce.number().int().positive().default(50),
  /** Seconds that the program goes on serving after SIGTERM while it says that it is not ready. */
  DRAIN_SECONDS: z.coerce.number().min(0).max(300).default(0),
  /** What `GET /metrics` asks for; without it only this machine itself may read them. */
  METRICS_TOKEN: optional(z.string().min(16, 'must have at least 16 characters')),
  /** An OpenTelemetry collector (OTLP over HTTP) that traces go to, e.g. `http://127.0.0.1:4318`; without it there are none. */
  OTEL_EXPORTER_OTLP_ENDPOINT: optional(z.url({ protocol: /^https?$/ })),
  /** What this program is called in traces. */
  OTEL_SERVICE_NAME: z.string().min(1).default('gloss'),
  /** The share of requests that are traced, from 0 to 1. */
  OTEL_TRACES_SAMPLER_ARG: z.coerce.number().min(0).max(1).default(1),
  /** Test only: origins on this machine that the importer may reach, e.g. `127.0.0.1:4001`; comma separated. */
  GLOSS_TEST_IMPORT_HOSTS: optional(z.string()),
});

export type Env = z.infer<typeof schema>;

/**
 * Reads the whole environment once and checks it.
 * @throws Error whose message lists every faulty variable, one a line, when any is wrong.
 */
export function readEnv(source: Record<string, string | undefined> = process.env): Env {
  const result = schema.safeParse(source);
  if (result.success) return result.data;
  const faults = result.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`These environment variables are wrong:\n${faults.join('\n')}\nSee .env.example.`);
}

let cached: Env | undefined;

/** The checked environment of this process, read at the first call. */
export function env(): Env {
  cached ??= readEnv();
  return cached;
}

/** Sets variables for libraries that read the environment themselves (next-auth, Next), and reads it anew. */
export function setEnv(values: Record<string, string>): Env {
  Object.assign(process.env, values);
  cached = readEnv();
  return cached;
}

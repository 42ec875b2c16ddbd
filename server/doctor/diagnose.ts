import { openDatabase, setDatabase } from '../../db/client';
import { readHealth } from '../../db/health';
import { countUsers } from '../../db/people';
import { type Env, env } from '../../env';
import { judgeDatabase } from '../../lib/doctor/database';
import type { Finding } from '../../lib/doctor/finding';
import { judgeSettings } from '../../lib/doctor/settings';
import { AppError } from '../../lib/errors';
import { joinPlace, type Place } from '../place';
import { judgeAudit, judgeMails, judgeNotes, judgeUsage, judgeWebhooks } from './content';
import { judgeDataFolder } from './data-folder';
import { judgeOidc, judgeSmtp } from './services';

/** Looks at what this instance rests on, from the settings to every note, and changes nothing; as far as that can be looked at. */
export async function diagnose(say: (line: string) => void, migrationsFolder: string): Promise<Finding[]> {
  const settings = env();
  const findings = [
    ...judgeSettings(settings),
    ...(await judgeDataFolder(settings.GLOSS_DATA_DIR)),
    ...(await judgeServices(settings)),
  ];
  let place: Place;
  try {
    place = await joinPlace(say);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return [...findings, { ok: false, line: error.message }];
  }
  const db = openDatabase(place.connection, { max: 2 });
  setDatabase(db, place.connection);
  try {
    const health = await readHealth(db, migrationsFolder);
    findings.push(...judgeDatabase(health));
    const { run, known } = health.migrations;
    if (known.every((at) => run.includes(at))) findings.push(...(await judgeContent(settings)));
    return findings;
  } finally {
    await db.$client.end();
    await place.close();
  }

  async function judgeContent({ SMTP_URL }: Env): Promise<Finding[]> {
    return [
      { ok: true, line: `${await countUsers(db)} people have an account` },
      ...(await judgeMails(SMTP_URL !== undefined)),
      await judgeWebhooks(),
      await judgeNotes(),
      await judgeAudit(),
      await judgeUsage(),
    ];
  }
}

async function judgeServices({ SMTP_URL, OIDC_ISSUER }: Env): Promise<Finding[]> {
  const findings: Finding[] = [];
  if (SMTP_URL !== undefined) findings.push(await judgeSmtp(SMTP_URL));
  if (OIDC_ISSUER !== undefined) findings.push(await judgeOidc(OIDC_ISSUER));
  return findings;
}

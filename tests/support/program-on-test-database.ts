import { type TestDatabase, testDatabase } from './database';
import { type Program, startProgram } from './program';

/** What a program has to be told to serve a database: for one that is started again on the same. */
export function environmentOn({ connection }: Pick<TestDatabase, 'connection'>) {
  const { user, host, port, database } = connection as unknown as Record<string, string>;
  return {
    DATABASE_URL: `postgres://${user}@${encodeURIComponent(host ?? '')}:${port}/${database}`,
    NEXTAUTH_SECRET: 'a secret that only journeys use, long enough to be one',
  };
}

/**
 * Starts the built program on a migrated, empty database of the run's one Postgres, which is dropped when it stops: for
 * journeys that are not about how it starts or ends. A Postgres of its own takes it seconds to set up.
 */
export async function startOnTestDatabase(environment: Record<string, string> = {}): Promise<Program> {
  const database = await testDatabase();
  try {
    const program = await startProgram({ ...environmentOn(database), ...environment });
    return {
      ...program,
      stop: async (signal) => {
        const code = await program.stop(signal);
        await database.end();
        return code;
      },
    };
  } catch (error) {
    await database.end();
    throw error;
  }
}

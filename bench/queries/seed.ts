import { resolve } from 'node:path';
import { migrate, openDatabase } from '../../db/client';
import { joinPlace } from '../../server/place';
import { makeLargeProject } from './large-project';

/** Adds a large project to this instance, for its first person: 100,000 annotations on 500 sources. */
const say = (line: string) => process.stdout.write(`seed:large  ${line}\n`);
const place = await joinPlace(say);
const db = openDatabase(place.connection, { max: 2 });
try {
  await migrate(db, resolve('db/migrations'));
  const { rows } = await db.$client.query<{ id: string; name: string }>(
    'select id, name from users order by created, id limit 1',
  );
  const [first] = rows;
  if (first === undefined) {
    say('nobody is here yet to own the project. Start the program once, or: npm run gloss user add EMAIL');
    process.exitCode = 1;
  } else {
    const began = performance.now();
    const { projectId } = await makeLargeProject(db, first.id, { say });
    say(
      `done in ${((performance.now() - began) / 1_000).toFixed(0)} s: /projects/${projectId}, of ${first.name}`,
    );
  }
} finally {
  await db.$client.end();
  await place.close();
}

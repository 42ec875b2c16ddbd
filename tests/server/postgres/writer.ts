import pg from 'pg';
import { launchPostgres } from '../../../server/postgres/launch';

// A small program to be killed: it starts Postgres on the folder it is given, says so, and then commits one
// row after another, naming each on its own line only after the commit.
const dataDir = process.argv[2] ?? '';
const postgres = await launchPostgres({ dataDir, log: (line) => console.error(line) });
process.once('SIGTERM', () => postgres.stop().then(() => process.exit(0)));
console.log(`server ${postgres.pid}`);

if (process.argv[3] === 'write') {
  const client = new pg.Client(postgres.connection);
  // Its server is killed on purpose now and then; the exit code is not what the test looks at.
  client.on('error', () => process.exit(1));
  await client.connect();
  await client.query('create table if not exists written (id bigserial primary key)');
  for (;;) {
    const { rows } = await client.query('insert into written default values returning id');
    console.log(`row ${rows[0].id}`);
  }
} else {
  setInterval(() => {}, 60_000);
}

import { Database } from '@hocuspocus/extension-database';
import { Server } from '@hocuspocus/server';
import pg from 'pg';

/** Hocuspocus as it comes, in memory; with a connection string as argument its notes are kept in Postgres. */
const [connectionString] = process.argv.slice(2);
const extensions = [];
if (connectionString !== undefined) {
  const pool = new pg.Pool({ connectionString });
  await pool.query('create schema if not exists peers');
  await pool.query(
    'create table if not exists peers.documents (name text primary key, state bytea not null)',
  );
  extensions.push(
    new Database({
      async fetch({ documentName }) {
        const { rows } = await pool.query('select state from peers.documents where name = $1', [
          documentName,
        ]);
        return rows[0]?.state ?? null;
      },
      async store({ documentName, state }) {
        await pool.query(
          'insert into peers.documents values ($1, $2) on conflict (name) do update set state = excluded.state',
          [documentName, state],
        );
      },
    }),
  );
}
const server = new Server({
  port: Number(process.env.PORT),
  address: '127.0.0.1',
  quiet: true,
  extensions,
});
await server.listen();

import { DatabaseSync } from 'node:sqlite';

/** The tables that Taguette makes, with what of them tells anything. */
const SCHEMA = `
  create table users (login varchar(30) not null primary key, created datetime not null, hashed_password varchar(192),
    disabled boolean not null, email varchar(256));
  create table projects (id integer not null primary key autoincrement, name varchar(200) not null, description text not null,
    created datetime not null);
  create table project_members (project_id integer not null, user_login varchar(30) not null, privileges varchar(11) not null,
    primary key (project_id, user_login));
  create table documents (id integer not null primary key autoincrement, name varchar(200) not null, description text not null,
    filename varchar(200) not null, created datetime not null, project_id integer not null,
    text_direction varchar(13) not null, contents text not null);
  create table highlights (id integer not null primary key autoincrement, document_id integer not null,
    start_offset integer not null, end_offset integer not null, snippet text not null);
  create table tags (id integer not null primary key autoincrement, project_id integer not null, path varchar(200) not null,
    description text not null, constraint uq unique (project_id, path));
  create table highlight_tags (highlight_id integer not null, tag_id integer not null, primary key (highlight_id, tag_id));
  create table commands (id integer not null primary key autoincrement, date datetime not null, user_login varchar(30) not null,
    project_id integer not null, document_id integer, payload text not null);`;

const NOW = '2024-05-01 10:00:00';

/** A file as Taguette exports a project, with whatever is done to it afterwards. Places are given by the words they are. */
export function taguetteFile(
  contents: string,
  marks: readonly { words: string; tags: readonly string[]; by?: string }[],
  tamper: (db: DatabaseSync) => void = () => undefined,
): Uint8Array {
  const db = new DatabaseSync(':memory:');
  db.exec(SCHEMA);
  db.prepare('insert into users values (?, ?, ?, 0, ?)').run('admin', NOW, 'scrypt:secret', 'a@example.org');
  db.prepare('insert into projects values (1, ?, ?, ?)').run('Harbour', '', NOW);
  db.prepare('insert into documents values (1, ?, ?, ?, ?, 1, ?, ?)').run(
    ...['Interview 1', 'Told in May', 'one.html', NOW, 'LEFT_TO_RIGHT', contents],
  );
  const text = contents.replace(/<[^>]*>/g, '').replaceAll('&amp;', '&');
  const tags = [...new Set(marks.flatMap((mark) => mark.tags))];
  for (const [nth, path] of tags.entries())
    db.prepare('insert into tags values (?, 1, ?, ?)').run(nth + 1, path, `About ${path}`);
  for (const [nth, mark] of marks.entries()) {
    const before = Buffer.byteLength(text.slice(0, text.indexOf(mark.words)));
    const place = [before, before + Buffer.byteLength(mark.words)];
    db.prepare('insert into highlights values (?, 1, ?, ?, ?)').run(nth + 1, ...place, mark.words);
    for (const tag of mark.tags)
      db.prepare('insert into highlight_tags values (?, ?)').run(nth + 1, tags.indexOf(tag) + 1);
    const payload = JSON.stringify({ type: 'highlight_add', highlight_id: nth + 1 });
    db.prepare('insert into commands values (null, ?, ?, 1, 1, ?)').run(NOW, mark.by ?? 'admin', payload);
  }
  tamper(db);
  const bytes = db.serialize();
  db.close();
  return bytes;
}

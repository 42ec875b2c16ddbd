import { createSession } from '../../db/people';
import { NewGuestLink } from '../../lib/guests/guest-link';
import { newId } from '../../lib/new-id';
import { createGuestLink } from '../../server/guests/links';
import { hashToken, newToken } from '../../server/secret';
import { failuresOf, type Outcome, on, type Row } from './row';
import type { Stage } from './stage';
import { pause, seconds } from './waiting';

const MINUTE = 60_000;
const AHEAD_MINUTES = 10;

/** Sets when something ends, by the clock of Postgres. */
async function endIn(
  stage: Stage,
  table: 'sessions' | 'guest_links',
  id: string,
  minutes: number,
): Promise<void> {
  await stage.place.db.$client.query(
    `update ${table} set expires = now() + make_interval(mins => $2) where id = $1`,
    [id, minutes],
  );
}

/** A session that ends in so many minutes; answers whether a server lets it in. */
async function sessionEnding(stage: Stage, minutes: number) {
  const [id, cookie] = [newId(), newToken()];
  const userId = stage.place.people[0]?.userId ?? '';
  const expires = new Date(Date.now() + 60 * MINUTE);
  await createSession(stage.place.db, { id, userId, tokenHash: hashToken(cookie), expires });
  await endIn(stage, 'sessions', id, minutes);
  return async (slot: number) =>
    (await fetch(`${stage.pair.at(slot).url}/api/me`, { headers: { cookie: `gloss-session=${cookie}` } }))
      .status === 200;
}

/** A guest's link that ends in so many minutes; answers whether a server opens it. */
async function linkEnding(stage: Stage, minutes: number) {
  const { grant } = stage.place;
  const expires = new Date(Date.now() + 60 * MINUTE).toISOString();
  const asked = { kind: 'source', sourceId: stage.sourceId, mode: 'comment', expires };
  const link = await createGuestLink(grant, NewGuestLink.parse(asked));
  await endIn(stage, 'guest_links', link.id, minutes);
  const token = new URL(link.url ?? '', 'http://localhost').hash.slice(1);
  return async (slot: number) => {
    const response = await fetch(`${stage.pair.at(slot).url}/api/guest/open`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token }),
    });
    return response.status === 200 || response.status === 201;
  };
}

/** The longest that an event stands before one with a smaller id, and the furthest a mark's time is from the clock of Postgres, ms. */
async function disorder(stage: Stage): Promise<{ events: number; marks: number }> {
  const { rows } = await stage.place.db.$client.query<{ events: string; marks: string }>(
    `select
       (select coalesce(max(extract(epoch from before - at) * 1000), 0) from
         (select at, lag(at) over (order by id) as before from events where project_id = $1) as pairs) as events,
       (select coalesce(max(abs(extract(epoch from a.created - e.at)) * 1000), 0) from annotations a
         join events e on e.subject_id = a.id and e.type = 'annotation.created' where a.project_id = $1
           and a.id = any($2::uuid[])) as marks`,
    [stage.place.projectId, stage.hands.flatMap((hand) => hand.annotations)],
  );
  return { events: Number(rows[0]?.events ?? 0), marks: Number(rows[0]?.marks ?? 0) };
}

/** One server's clock is ten minutes ahead, and jumps back to ten minutes behind. */
const clock: Row['run'] = ({ quick, open }) => {
  const preload = new URL('clock-skew.mjs', import.meta.url).href;
  const env = (slot: number): Record<string, string> =>
    slot === 0 ? {} : { NODE_OPTIONS: `--import ${preload}`, FAULTS_CLOCK_MINUTES: `${AHEAD_MINUTES}` };
  return on(open({ env }), async (stage): Promise<Outcome> => {
    const wrong: string[] = [];
    const [soon, over] = [await sessionEnding(stage, 5), await sessionEnding(stage, -5)];
    const [openLink, endedLink] = [await linkEnding(stage, 5), await linkEnding(stage, -5)];
    const judge = async (when: string) => {
      for (const slot of [0, 1]) {
        const at = `${when}, ${slot === 0 ? 'right' : 'wrong'} clock`;
        if (!(await soon(slot))) wrong.push(`a session was ended too early (${at})`);
        if (await over(slot)) wrong.push(`a session was not ended (${at})`);
        if (!(await openLink(slot))) wrong.push(`a guest link was ended too early (${at})`);
        if (await endedLink(slot)) wrong.push(`a guest link was not ended (${at})`);
      }
    };
    await judge('ahead');
    await pause(quick ? 3_000 : 20_000);
    process.kill(stage.pair.running(1)?.pid ?? 0, 'SIGUSR2');
    const goesOn = await stage.goesOn();
    await judge('behind');
    await pause(quick ? 3_000 : 20_000);
    const done = await stage.finish();
    const order = await disorder(stage);
    return {
      times: '1 × +10 min, then −10 min',
      done,
      goesOn: seconds(goesOn),
      others: `the log is in order; a mark is dated ${Math.round(order.marks)} ms from its event at most`,
      failures: [
        ...wrong,
        ...failuresOf({
          'something that was called saved is gone': done.lost === 0,
          'events are out of order': order.events <= 0,
          'a mark is dated by a wrong clock': order.marks <= MINUTE,
        }),
      ],
    };
  });
};

/** What befalls the clock. */
export const CLOCKS: Record<string, Row> = {
  clock: { title: "One server's clock is ten minutes ahead, then jumps to ten behind", run: clock },
};

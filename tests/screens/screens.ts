import type { Page } from 'playwright-core';

export type Places = {
  readonly base: string;
  readonly projectId: string;
  readonly sourceId: string;
  readonly noteId: string;
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
    name: 'sources',
    path: ({ projectId }) => `/projects/${projectId}`,
    ready: (page) => page.getByRole('heading', { level: 1 }).waitFor(),
  },
  {
    name: 'workspace',
    path: ({ projectId, sourceId }) => `/projects/${projectId}/sources/${sourceId}`,
    ready: workspaceIsThere,
  },
  {
    name: 'workspace-card',
    path: ({ projectId, sourceId }) => `/projects/${projectId}/sources/${sourceId}`,
    ready: async (page) => {
      await workspaceIsThere(page);
      const card = page.getByRole('article', { name: /by / }).first();
      if (await card.isVisible()) await card.getByRole('button').first().click();
    },
  },
  {
    name: 'codebook',
    path: ({ projectId }) => `/projects/${projectId}/codebook`,
    ready: (page) => page.getByRole('heading', { level: 1 }).waitFor(),
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
    name: 'history',
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
    name: 'members',
    path: ({ projectId }) => `/projects/${projectId}/members`,
    ready: (page) => page.getByRole('heading', { level: 1 }).waitFor(),
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
  return { base, projectId, sourceId, noteId };
}

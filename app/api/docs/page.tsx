import type { Metadata } from 'next';
import { pageActor } from '@/app/actor';
import { ApiCall } from '@/components/api/api-call';
import { AccountMenu } from '@/components/auth/account-menu';
import { Bar } from '@/components/ui/bar';
import { PageHeading } from '@/components/ui/page-heading';
import { openApi } from '@/lib/api/openapi';
import type { Access } from '@/lib/api/operation';
import { ERROR_STATUS } from '@/lib/errors';

export const metadata: Metadata = { title: 'API' };

export default async function ApiDocsPage() {
  const actor = await pageActor();
  const nouns = Object.entries(Object.groupBy(calls(), (call) => call.noun));
  return (
    <>
      <Bar end={actor ? <AccountMenu me={{ id: actor.userId, name: actor.name }} /> : undefined} />
      <main id="content" className="mx-auto w-full max-w-3xl px-4 py-8">
        <PageHeading title="The API">
          Everything this site does, a script can do: the pages use these calls and no others.
        </PageHeading>
        <div className="flex flex-col gap-3 pb-8">
          <p>
            Send <code>Authorization: Bearer TOKEN</code>; tokens are made on your account page. JSON in and
            out. Ids are UUIDv7, and you may choose them: the same id twice answers what exists. Offsets are
            UTF-16 units, end exclusive. Edits take <code>If-Match: "revision"</code> and answer 409 when the
            thing moved on. As a file for programs:{' '}
            <a href="/api/openapi.json" className="text-accent underline underline-offset-2">
              openapi.json
            </a>
            .
          </p>
          <p>
            A refusal is <code>{'{ "error": { "code", "message", "details?", "requestId" } }'}</code>, with
            one of these codes:{' '}
            {Object.entries(ERROR_STATUS)
              .map(([code, status]) => `${code} (${status})`)
              .join(', ')}
            .
          </p>
        </div>
        <nav aria-label="Nouns" className="flex flex-wrap gap-x-4 gap-y-1 border-y border-line py-3">
          {nouns.map(([noun]) => (
            <a key={noun} href={`#${noun}`} className="text-accent underline-offset-2 hover:underline">
              {noun}
            </a>
          ))}
        </nav>
        {nouns.map(([noun, held]) => (
          <section key={noun} id={noun} aria-labelledby={`${noun}-heading`} className="pt-8">
            <h2 id={`${noun}-heading`} className="pb-1 font-serif text-xl font-semibold">
              {noun}
            </h2>
            {held?.map((call) => (
              <ApiCall key={call.operation.operationId} {...call} />
            ))}
          </section>
        ))}
      </main>
    </>
  );
}

type Operation = Parameters<typeof ApiCall>[0]['operation'];
type Document = { paths: Record<string, Record<string, Operation & { tags: string[]; 'x-access': Access }>> };

/** The rows of the document that `/api/openapi.json` answers with. */
function calls() {
  const { paths } = openApi() as Document;
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      noun: operation.tags[0] ?? 'other',
      path,
      method: method.toUpperCase(),
      access: operation['x-access'],
      operation,
    })),
  );
}

import { ALLOWED } from '@/lib/access/roles';
import type { Access } from '@/lib/api/operation';
import { type Schema, shapesOf } from '@/lib/api/schema-words';

type Content = Record<string, { schema: Schema }>;
type Parameter = { name: string; in: string; required: boolean; schema: Schema };

/** One operation of the OpenAPI document, as far as this page shows it. */
type Operation = {
  operationId: string;
  summary: string;
  parameters: Parameter[];
  requestBody?: { content: Content };
  responses: Record<string, { content: Content }>;
};

export function ApiCall({
  path,
  method,
  access,
  operation,
}: {
  path: string;
  method: string;
  access: Access;
  operation: Operation;
}) {
  const query = operation.parameters.filter((parameter) => parameter.in === 'query');
  const takesRevision = operation.parameters.some((parameter) => parameter.name === 'If-Match');
  const [status, answer] = Object.entries(operation.responses).find(([code]) => code !== 'default') ?? [];
  return (
    <article id={operation.operationId} className="border-t border-line py-3">
      <h3 className="flex flex-wrap items-baseline gap-x-3">
        <code className="break-all font-medium">
          {method} {path}
        </code>
        <span>{operation.summary}</span>
      </h3>
      <p className="text-[13px] text-muted">
        {whoMay(access)}
        {takesRevision ? ' · takes If-Match' : ''}
      </p>
      {query.length > 0 ? (
        <Shape
          title="Query"
          schema={{
            properties: Object.fromEntries(query.map((parameter) => [parameter.name, parameter.schema])),
            required: query.filter((parameter) => parameter.required).map((parameter) => parameter.name),
          }}
        />
      ) : null}
      {operation.requestBody ? <Contents title="Body" content={operation.requestBody.content} /> : null}
      {answer ? <Contents title={`Answers ${status}`} content={answer.content} /> : null}
    </article>
  );
}

function whoMay(access: Access): string {
  if (access === 'public') return 'Anybody';
  if (access === 'signed-in') return 'Anybody signed in';
  const roles: readonly string[] = ALLOWED[access];
  return `In the project: ${roles.join(', ')}`;
}

function Contents({ title, content }: { title: string; content: Content }) {
  return Object.entries(content).map(([type, { schema }]) => (
    <Shape key={type} title={type === 'application/json' ? title : `${title} as ${type}`} schema={schema} />
  ));
}

function Shape({ title, schema }: { title: string; schema: Schema }) {
  const shapes = shapesOf(schema);
  return (
    <div className="pt-2 text-[14px]">
      <h4 className="font-medium">{title}</h4>
      {shapes.map((shape, at) => (
        <div key={shape.type}>
          {at > 0 ? <p className="text-muted">or</p> : null}
          {shape.fields.length === 0 ? <p className="text-muted">{shape.type}</p> : null}
          <dl className="grid gap-x-4 sm:grid-cols-[minmax(8rem,max-content)_1fr]">
            {shape.fields.map((field) => (
              <div key={field.name} className="contents">
                <dt className="break-words">
                  <code>{field.name}</code>
                  {field.required ? '' : <span className="text-muted"> (optional)</span>}
                </dt>
                <dd className="break-words text-muted">{field.type}</dd>
              </div>
            ))}
          </dl>
        </div>
      ))}
    </div>
  );
}

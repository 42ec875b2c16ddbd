import { z } from 'zod';
import { ERROR_STATUS } from '../errors';
import { ErrorAnswer, type Operation } from './operation';
import { OPERATIONS } from './operations';

type Json = Record<string, unknown>;

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Json;
  return rest;
}

function parametersOf(schema: z.ZodType, place: 'path' | 'query'): Json[] {
  const { properties = {}, required = [] } = schemaOf(schema, 'input') as {
    properties?: Json;
    required?: string[];
  };
  return Object.entries(properties).map(([name, field]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: field,
  }));
}

const LIMITS = {
  RateLimit: { $ref: '#/components/headers/RateLimit' },
  'RateLimit-Policy': { $ref: '#/components/headers/RateLimit-Policy' },
};

/** What answers say beside their body. */
const HEADERS: Json = {
  RateLimit: {
    description:
      'Where each limit that the call counts against stands: r attempts remain, all are there again in t seconds. Absent where nothing is limited.',
    schema: { type: 'string', examples: ['"import";r=59;t=3600'] },
  },
  'RateLimit-Policy': {
    description: 'The limits themselves: q attempts in w seconds.',
    schema: { type: 'string', examples: ['"import";q=60;w=3600'] },
  },
  'Retry-After': {
    description: 'With 429, and with 503 where it is known: seconds to wait.',
    schema: { type: 'string' },
  },
};

function describeOperation(operation: Operation): Json {
  const body = schemaOf(operation.body, 'input');
  const hasBody = operation.method !== 'GET' && JSON.stringify(body.properties ?? body.anyOf ?? {}) !== '{}';
  const answer = schemaOf(operation.answer, 'output');
  const parameters = [...parametersOf(operation.params, 'path'), ...parametersOf(operation.query, 'query')];
  if (operation.ifMatch)
    parameters.push({ name: 'If-Match', in: 'header', required: false, schema: { type: 'string' } });
  return {
    operationId: operation.id,
    summary: operation.summary,
    tags: [operation.id.split('.')[0]],
    security: operation.access === 'public' ? [] : [{ session: [] }, { token: [] }],
    'x-access': operation.access,
    parameters,
    ...(hasBody
      ? { requestBody: { required: true, content: { 'application/json': { schema: body } } } }
      : {}),
    responses: {
      [operation.status]: {
        description: 'Done',
        headers: LIMITS,
        content: { [operation.answerType ?? 'application/json']: { schema: answer } },
      },
      default: {
        description: 'Refused',
        headers: { ...LIMITS, 'Retry-After': { $ref: '#/components/headers/Retry-After' } },
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
      },
    },
  };
}

/** The public contract as an OpenAPI 3.1 document, made from the schemas that parse the requests. */
export function openApi(): Json {
  const paths: Record<string, Json> = {};
  for (const operation of Object.values(OPERATIONS) as Operation[]) {
    paths[operation.path] = {
      ...paths[operation.path],
      [operation.method.toLowerCase()]: describeOperation(operation),
    };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Gloss',
      version: '1',
      description: `Ids are UUIDv7, the client may choose them. Offsets are UTF-16 units, end exclusive. Error codes: ${Object.entries(
        ERROR_STATUS,
      )
        .map(([code, status]) => `${code} ${status}`)
        .join(', ')}.`,
    },
    paths,
    components: {
      headers: HEADERS,
      schemas: { Error: schemaOf(ErrorAnswer, 'output') },
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'gloss-session' },
        token: { type: 'http', scheme: 'bearer' },
      },
    },
  };
}

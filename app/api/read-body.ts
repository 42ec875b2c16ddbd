import { env } from '@/env';
import { AppError } from '@/lib/errors';

/** Room for the envelope around an import: JSON escapes, multipart headers. */
const SLACK = 64 * 1024;

/** Fields of a form that are numbers. */
const NUMBERS = ['trimAt', 'version'];

async function readBytes(request: Request, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  const tooLarge = () =>
    new AppError('too-large', `That is too large: at most ${Math.floor(limit / 1_048_576)} MiB.`);
  if (Number(request.headers.get('content-length') ?? 0) > limit) throw tooLarge();
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of request.body ?? []) {
    size += part.byteLength;
    if (size > limit) throw tooLarge();
    parts.push(part);
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.byteLength;
  }
  return bytes;
}

/**
 * Reads a request's body within the import limit: JSON, or a form whose `file` is handed on as name and bytes.
 * @throws AppError too-large, unsupported, or invalid.
 */
export async function readBody(request: Request): Promise<unknown> {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  const bytes = await readBytes(request, env().LIMIT_IMPORT_BYTES + SLACK);
  if (bytes.byteLength === 0) return {};
  if (type === 'multipart/form-data') return readForm(request, bytes);
  if (type !== 'application/json' && type !== 'application/ld+json')
    throw new AppError('unsupported', 'Send JSON (content-type: application/json).');
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown;
  } catch (cause) {
    throw new AppError('invalid', 'The body is not valid JSON in UTF-8.', { cause });
  }
}

async function readForm(request: Request, bytes: Uint8Array<ArrayBuffer>): Promise<unknown> {
  let form: FormData;
  try {
    form = await new Response(bytes, {
      headers: { 'content-type': request.headers.get('content-type') ?? '' },
    }).formData();
  } catch (cause) {
    throw new AppError('invalid', 'The form could not be read.', { cause });
  }
  const fields: Record<string, unknown> = {};
  for (const [name, value] of form) {
    if (typeof value === 'string') fields[name] = NUMBERS.includes(name) ? Number(value) : value;
    else fields[name] = { name: value.name, bytes: new Uint8Array(await value.arrayBuffer()) };
  }
  return fields;
}

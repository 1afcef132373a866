// The API's own document (OpenAPI 3.1) as the reference page shows it: parsed once, with a command for every operation.

import {
  parseJson,
  parseList,
  parseObject,
  parseRecord,
  parseText,
} from '#contract/shapes/parse.ts';
import { quoted } from './curl.ts';

export interface Body {
  readonly media_type: string;
  readonly schema: string;
  /** Texts to send, by name. */
  readonly examples: Readonly<Record<string, string>>;
}

export interface Answered {
  readonly status: string;
  readonly description: string;
  readonly bodies: readonly Body[];
}

export interface Operation {
  readonly id: string;
  readonly method: string;
  /** With parameters in braces. */
  readonly path: string;
  /** The same with the example of each parameter in its place. */
  readonly address: string;
  readonly tag: string;
  readonly summary: string;
  readonly description: string;
  readonly requests: readonly Body[];
  readonly responses: readonly Answered[];
}

export interface Reference {
  readonly title: string;
  readonly version: string;
  readonly description: string;
  readonly operations: readonly Operation[];
  /** JSON of each shared shape, by name. */
  readonly schemas: Readonly<Record<string, string>>;
}

const METHODS = ['get', 'put', 'post', 'patch', 'delete'];

/** Parses an OpenAPI document. Throws ParseError with the pointer of the first fault. */
export function parseOpenApi(text: string): Reference {
  const document = parseObject(parseJson(text), '');
  const info = parseObject(document.info, '/info');
  const components = parseObject(document.components, '/components');
  const paths = parseRecord(document.paths, '/paths', parseObject);
  return {
    title: parseText(info.title, '/info/title'),
    version: parseText(info.version, '/info/version'),
    description: parseText(info.description ?? '', '/info/description'),
    operations: Object.entries(paths).flatMap(([path, item]) =>
      METHODS.filter((method) => item[method] !== undefined).map((method) =>
        parseOperation(item[method], method, path),
      ),
    ),
    schemas: parseRecord(components.schemas ?? {}, '/components/schemas', pretty),
  };
}

/** A POSIX shell command for an operation; `media_type` and `body` null where it takes none. */
export function operationCommand(
  origin: string,
  { method, address }: Operation,
  request: { readonly media_type: string; readonly text: string } | null,
): string {
  const words = [`curl ${quoted(`${origin}${address}`)}`];
  if (method !== 'get' && !(method === 'post' && request !== null))
    words.push(`-X ${method.toUpperCase()}`);
  if (request !== null)
    words.push(
      `-H ${quoted(`content-type: ${request.media_type}`)}`,
      `--data-binary ${quoted(request.text)}`,
    );
  return words.join(' \\\n  ');
}

function parseOperation(value: unknown, method: string, path: string): Operation {
  const at = `/paths/${path}/${method}`;
  const object = parseObject(value, at);
  const parameters = parseList(object.parameters ?? [], `${at}/parameters`, parseObject);
  const body = object.requestBody === undefined ? {} : parseObject(object.requestBody, at);
  const responses = parseRecord(object.responses, `${at}/responses`, parseObject);
  return {
    id: parseText(object.operationId, `${at}/operationId`),
    method,
    path,
    address: addressOf(path, parameters),
    tag: parseList(object.tags ?? ['API'], `${at}/tags`, parseText)[0] ?? 'API',
    summary: parseText(object.summary ?? '', `${at}/summary`),
    description: parseText(object.description ?? '', `${at}/description`),
    requests: parseContent(body.content, `${at}/requestBody`),
    responses: Object.entries(responses).map(([status, response]) => ({
      status,
      description: parseText(response.description ?? '', `${at}/responses/${status}`),
      bodies: parseContent(response.content, `${at}/responses/${status}`),
    })),
  };
}

/** With the examples of its parameters; one without stays in braces. */
function addressOf(path: string, parameters: readonly Record<string, unknown>[]): string {
  const examples = new Map(parameters.map(({ name, example }) => [name, example]));
  const asked = parameters.filter((parameter) => parameter.in === 'query');
  const query = asked.map(({ name }) => `${String(name)}={${String(name)}}`).join('&');
  return `${path}${query === '' ? '' : `?${query}`}`.replace(
    /\{(\w+)\}/g,
    (whole, name: string) => {
      const example = examples.get(name);
      return typeof example === 'string' ? encodeURIComponent(example) : whole;
    },
  );
}

function parseContent(value: unknown, at: string): readonly Body[] {
  const content = parseRecord(value ?? {}, at, parseObject);
  return Object.entries(content).map(([media_type, { schema, examples }]) => ({
    media_type,
    schema: pretty(schema ?? {}),
    examples: parseRecord(examples ?? {}, at, (example, pointer) => {
      const { value } = parseObject(example, pointer);
      return typeof value === 'string' ? value : JSON.stringify(value);
    }),
  }));
}

const pretty = (value: unknown): string => JSON.stringify(value, null, 2);

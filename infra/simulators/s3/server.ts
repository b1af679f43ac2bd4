import { createHash, createHmac } from 'node:crypto';
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

export interface S3 {
  readonly bucket: string;
  readonly objects: ReadonlyMap<string, { readonly body: Buffer; readonly writtenAt: Date }>;
  /** Answers 503 to everything until it is called with false. */
  setDown(isDown: boolean): void;
  close(): Promise<void>;
}

export interface S3Options {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly region: string;
  readonly pageSize?: number;
}

/** One bucket of an object store: `PUT`, `GET`, `DELETE` and `ListObjectsV2`, each refused unless it is signed (SigV4). */
export async function startS3(options: S3Options): Promise<S3> {
  const objects = new Map<string, { body: Buffer; writtenAt: Date }>();
  let isDown = false;

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await buffer(request);
    const url = new URL(request.url ?? '/', `http://${request.headers.host}`);
    const fail = (status: number, code: string): void =>
      void response.writeHead(status).end(`<Error><Code>${code}</Code></Error>`);
    if (isDown) return fail(503, 'SlowDown');
    if (!isSigned(request, url, body, options)) return fail(403, 'SignatureDoesNotMatch');
    const key = decodeURIComponent(url.pathname.replace(/^\/bucket\/?/, ''));
    if (request.method === 'GET' && key === '')
      return void response.end(listing(objects, url.searchParams, options.pageSize));
    if (request.method === 'PUT') {
      // The real one refuses content of which the length is not told.
      if (request.headers['content-length'] === undefined) return fail(411, 'MissingContentLength');
      objects.set(key, { body, writtenAt: new Date() });
      return void response.end();
    }
    const found = objects.get(key);
    if (request.method === 'DELETE') {
      objects.delete(key);
      return void response.writeHead(204).end();
    }
    if (found === undefined) return fail(404, 'NoSuchKey');
    response.end(found.body);
  };

  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    bucket: `http://127.0.0.1:${(server.address() as AddressInfo).port}/bucket`,
    objects,
    setDown: (wanted) => {
      isDown = wanted;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listing(
  objects: ReadonlyMap<string, { readonly writtenAt: Date }>,
  wanted: URLSearchParams,
  pageSize = 1_000,
): string {
  const after = wanted.get('continuation-token') ?? '';
  const keys = [...objects.keys()].toSorted().filter((key) => key > after);
  const page = keys.slice(0, pageSize);
  const next =
    keys.length > page.length ? `<NextContinuationToken>${page.at(-1)}</NextContinuationToken>` : '';
  const items = page.map(
    (key) =>
      `<Contents><Key>${key}</Key><LastModified>${objects.get(key)!.writtenAt.toISOString()}</LastModified></Contents>`,
  );
  return `<?xml version="1.0"?><ListBucketResult>${items.join('')}${next}</ListBucketResult>`;
}

/** Works the signature out anew, from what has come over the wire. */
function isSigned(
  request: IncomingMessage,
  url: URL,
  body: Buffer,
  { accessKeyId, secretAccessKey, region }: S3Options,
): boolean {
  const said =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, SignedHeaders=([\w;-]+), Signature=([0-9a-f]{64})$/.exec(
      request.headers.authorization ?? '',
    );
  if (said === null) return false;
  const [, keyId, day, where, names, signature] = said;
  if (keyId !== accessKeyId || where !== region) return false;
  const sum = sha256(body);
  if (request.headers['x-amz-content-sha256'] !== sum) return false;
  const query = [...url.searchParams]
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .toSorted()
    .join('&');
  const headers = names!.split(';').map((name) => `${name}:${String(request.headers[name]).trim()}\n`);
  const canonical = [request.method, url.pathname, query, headers.join(''), names, sum].join('\n');
  const scope = `${day}/${region}/s3/aws4_request`;
  const toSign = ['AWS4-HMAC-SHA256', request.headers['x-amz-date'], scope, sha256(canonical)].join('\n');
  const key = [day!, region, 's3', 'aws4_request'].reduce<Buffer>(
    (last, part) => createHmac('sha256', last).update(part).digest(),
    Buffer.from(`AWS4${secretAccessKey}`),
  );
  return createHmac('sha256', key).update(toSign).digest('hex') === signature;
}

const sha256 = (content: string | Buffer): string => createHash('sha256').update(content).digest('hex');

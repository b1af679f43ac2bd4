import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { newId } from '../ids.ts';
import { openPlace } from './config.ts';

test('a bucket is given as long as whoever reads has said, also for what it has begun to give', async () => {
  const held = createServer((_request, answer) => void answer.writeHead(200).write('begun'));
  held.listen(0, '127.0.0.1');
  await once(held, 'listening');
  const place = openPlace(
    {
      FILE_BUCKET: `http://127.0.0.1:${(held.address() as AddressInfo).port}/files`,
      FILE_BUCKET_REGION: 'no',
      FILE_BUCKET_KEY_ID: 'ours',
      FILE_BUCKET_SECRET: 'a-secret-of-ours',
    },
    { withinMs: 250 },
  );
  try {
    const content = await place.get(newId());
    await expect(buffer(content)).rejects.toMatchObject({ name: 'TimeoutError' });
  } finally {
    held.closeAllConnections();
    held.close();
  }
});

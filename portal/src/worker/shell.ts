/**
 * Keeps the portal's own files on the device, so that it opens without a network. It holds no answer and no session: those are
 * asked for each time, and what may be kept of them is the page's to decide (`src/offline`).
 */
declare const self: ServiceWorkerGlobalScope;
/** What the portal consists of, as it was built, and the name of that build. */
declare const shellFiles: readonly string[];
declare const shellName: string;

const page = '/index.html';

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(shellName).then((cache) => cache.addAll([page, ...shellFiles])));
});

self.addEventListener('activate', (event) => {
  const others = caches
    .keys()
    .then((names) =>
      Promise.all(names.filter((name) => name !== shellName).map((name) => caches.delete(name))),
    );
  event.waitUntil(others.then(() => self.clients.claim()));
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  const kept = async (path: string): Promise<Response | undefined> =>
    (await caches.open(shellName)).match(path);
  if (request.mode === 'navigate')
    event.respondWith(fetch(request).catch(async () => (await kept(page)) ?? Response.error()));
  else if (shellFiles.includes(url.pathname))
    event.respondWith(kept(url.pathname).then((file) => file ?? fetch(request)));
});

export {};

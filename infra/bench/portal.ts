import { loadavg } from 'node:os';
import type { CDPSession, Page } from 'playwright-core';
import { type Window, openWindow, phone } from '../visitor/window.ts';
import { median, report, rounded } from './figures.ts';
import { withScratchStack } from './scratch-stack.ts';

/*
 * What a phone gets of the portal: on a slow network and with a slow processor, as Lighthouse has them, how much is sent for the first screen, how long
 * until it can be used, how many taps and seconds a report of absence takes, and how often each screen asks the gateway.
 */

const kilobit = 1_024 / 8;
const phoneNetwork = {
  offline: false,
  latency: 150,
  downloadThroughput: 1_638.4 * kilobit,
  uploadThroughput: 750 * kilobit,
};
const slowerProcessor = 4;
const visits = 5;
const restMs = 800;

interface Sent {
  readonly url: string;
  readonly kind: string;
  readonly bytes: number;
}

/** Everything that a page asks for from now on, with what came over the wire for it. */
async function watched(page: Page): Promise<{ readonly cdp: CDPSession; readonly sent: Sent[] }> {
  const cdp = await page.context().newCDPSession(page);
  const [known, sent] = [new Map<string, { url: string; kind: string }>(), [] as Sent[]];
  cdp.on('Network.responseReceived', ({ requestId, response, type }) =>
    known.set(requestId, { url: new URL(response.url).pathname, kind: type }),
  );
  cdp.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const about = known.get(requestId);
    if (about !== undefined) sent.push({ ...about, bytes: encodedDataLength });
  });
  await cdp.send('Network.enable');
  return { cdp, sent };
}

/** When the largest thing of the page was painted, and how long the main thread was held up in all, as Lighthouse counts it. */
const painted = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<{ readonly largest: number; readonly blocked: number }>((resolve) => {
        let [largest, blocked] = [0, 0];
        new PerformanceObserver((list) => {
          for (const { startTime } of list.getEntries()) largest = startTime;
        }).observe({ type: 'largest-contentful-paint', buffered: true });
        new PerformanceObserver((list) => {
          for (const { duration } of list.getEntries()) blocked += Math.max(0, duration - 50);
        }).observe({ type: 'longtask', buffered: true });
        setTimeout(() => resolve({ largest, blocked }), 500);
      }),
  );

async function firstVisit(window: Window, isReturn: boolean) {
  const page = await window.signedIn('guardian', 'F1.mother');
  const { cdp, sent } = await watched(page);
  if (isReturn) await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  else {
    // Whoever comes for the first time has nothing of it.
    await page.evaluate(async () => {
      for (const one of await navigator.serviceWorker.getRegistrations()) await one.unregister();
      for (const name of await caches.keys()) await caches.delete(name);
    });
    await cdp.send('Network.clearBrowserCache');
  }
  await page.goto('about:blank');
  await cdp.send('Network.emulateNetworkConditions', phoneNetwork);
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: slowerProcessor });
  sent.length = 0;
  await page.goto(window.url);
  await page.getByRole('article').first().waitFor();
  const { largest, blocked } = await painted(page);
  const sum = (kind: string): number =>
    sent.filter((one) => one.kind === kind).reduce((bytes, one) => bytes + one.bytes, 0);
  const figures = {
    ...{ largest, blocked },
    ...{ script: sum('Script'), style: sum('Stylesheet'), font: sum('Font') },
    answer: sent.findLast(({ url }) => url === '/graphql')?.bytes ?? 0,
    requests: sent.length,
  };
  await page.context().close();
  return figures;
}

async function visitsOf(window: Window, isReturn: boolean) {
  const all: Awaited<ReturnType<typeof firstVisit>>[] = [];
  for (let one = 0; one < visits; one += 1) all.push(await firstVisit(window, isReturn));
  const of = (key: keyof (typeof all)[number]): number => median(all.map((one) => one[key]));
  return {
    ...{ lcp_ms: rounded(of('largest'), 0), blocked_ms: rounded(of('blocked'), 0) },
    ...{ script_kB: rounded(of('script') / 1_000), style_kB: rounded(of('style') / 1_000) },
    ...{ font_kB: rounded(of('font') / 1_000), answer_kB: rounded(of('answer') / 1_000) },
    requests: of('requests'),
  };
}

/** Taps from the start screen, and how long they and the receipt take on such a phone. */
async function absence(window: Window) {
  const page = await window.signedIn('guardian', 'F1.mother', { daysAhead: 10 });
  const { cdp } = await watched(page);
  await cdp.send('Network.emulateNetworkConditions', phoneNetwork);
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: slowerProcessor });
  const taps = [
    page.getByRole('button', { name: /er syk i dag/ }).first(),
    page.getByRole('dialog').getByRole('button', { name: 'Send', exact: true }),
  ];
  const began = performance.now();
  for (const tap of taps) await tap.click();
  await page.getByText('har fått beskjed').first().waitFor();
  const seconds = rounded((performance.now() - began) / 1_000, 2);
  await page.context().close();
  return { taps: taps.length, seconds };
}

const screens = {
  guardian: ['/', '/inbox', '/inbox/received', '/absence', '/settings'],
  staff: ['/', '/inbox'],
} as const;
const whoLooks = { guardian: 'F1.mother', staff: 'staff.contactTeacher' } as const;

/** How often each screen asks the graph, where nothing of it was read before. */
async function asked(window: Window, kind: keyof typeof screens): Promise<Readonly<Record<string, number>>> {
  const page = await window.signedIn(kind, whoLooks[kind], { viewport: phone });
  const { sent } = await watched(page);
  const counts: Record<string, number> = {};
  for (const screen of screens[kind]) {
    sent.length = 0;
    await page.goto(new URL(screen, window.url).href);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForTimeout(restMs);
    counts[screen] = sent.filter(({ url }) => url === '/graphql').length;
  }
  await page.context().close();
  return counts;
}

await withScratchStack(50, async (stack) => {
  await stack.start();
  const window = await openWindow(stack);
  try {
    await visitsOf(window, false);
    report('portal', {
      first: await visitsOf(window, false),
      again: await visitsOf(window, true),
      absence: await absence(window),
      asked: { guardian: await asked(window, 'guardian'), staff: await asked(window, 'staff') },
      load: loadavg().map((one) => rounded(one)),
    });
  } finally {
    await window.close();
  }
});

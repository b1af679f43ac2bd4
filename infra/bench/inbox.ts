import { loadavg } from 'node:os';
import { memory, report, rounded } from './figures.ts';
import { measure, openService } from './inbox-load.ts';
import { messagesPerChild, writeYear } from './mail-year.ts';
import { withScratchStack } from './scratch-stack.ts';
import { childrenPerUnit, openPastLocks, settle } from './town.ts';

const wanted = Number(process.env['BENCH_MESSAGES'] ?? 3_000_000);
const pace = {
  seconds: Number(process.env['BENCH_SECONDS'] ?? 20),
  perSecond: Number(process.env['BENCH_READS'] ?? 200),
};

await withScratchStack(50, async (stack) => {
  await stack.start();
  const sql = openPastLocks(stack, 'messaging');
  const service = await openService(stack);
  const whole = Math.round(wanted / messagesPerChild);
  const sizes = { tenth: Math.max(childrenPerUnit, Math.round(whole / 10)), whole };
  const figures: Record<string, unknown> = {};
  let from = 0;
  for (const [name, to] of Object.entries(sizes)) {
    const began = performance.now();
    await settle(sql, { from, to, features: ['MESSAGING'] });
    await writeYear(sql, { from, to });
    from = to;
    const written_s = rounded((performance.now() - began) / 1000);
    figures[name] = { written_s, ...(await measure({ stack, service, sql }, to, pace)) };
    process.stdout.write(`${JSON.stringify(figures[name])}\n`);
  }
  report('inbox', {
    ...{ ...pace, load: loadavg().map((one) => rounded(one)), ...figures },
    messaging_mb: rounded(memory(stack.running()['messaging']!.pid).most),
  });
  await service.close();
  await sql.end();
});

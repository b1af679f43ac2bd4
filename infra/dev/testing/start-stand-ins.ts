import { start } from '../start.ts';
import { standIns } from './stand-ins.ts';

/** The command `start` with stand-ins, for tests that kill the launcher: DATA_DIR [fault] [-- arguments]. */
const [dataDir = '', fault = '', ...args] = process.argv.slice(2);
try {
  process.exitCode = await start(args, { dataDir, system: standIns(fault) });
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}

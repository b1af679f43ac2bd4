import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { type Plugin, defineConfig } from 'vite';

const version = createHash('sha256')
  .update(readFileSync(new URL('../package-lock.json', import.meta.url)))
  .digest('hex')
  .slice(0, 8);

/** It stands at the root, as it may see no more than what lies beside it. */
const isWorker = (file: string | null | undefined): boolean => file?.endsWith('worker/shell.ts') === true;

/** Texts are compressed once, when they are made, and not for each who asks. */
const compressed = (): Plugin => ({
  name: 'compressed',
  apply: 'build',
  writeBundle({ dir = '' }) {
    for (const entry of readdirSync(dir, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !/\.(js|css|html|svg|webmanifest)$/.test(entry.name)) continue;
      const file = join(entry.parentPath, entry.name);
      const content = readFileSync(file);
      writeFileSync(`${file}.br`, brotliCompressSync(content));
      writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }));
    }
  },
});

/** What the worker keeps on devices: all that was built, but fonts for scripts that few read. Named by what is in it. */
const shell = (): Plugin => ({
  name: 'shell',
  apply: 'build',
  generateBundle: {
    order: 'post',
    handler(_options, bundle) {
      const own = readdirSync(new URL('public', import.meta.url)).map((file) => `/${file}`);
      const built = Object.keys(bundle)
        .filter(
          (file) =>
            file.startsWith('assets/') && (!/\.woff2?$/.test(file) || /-latin-wght-normal/.test(file)),
        )
        .map((file) => `/${file}`);
      const files = [...own, ...built].toSorted();
      const name = createHash('sha256').update(files.join()).digest('hex').slice(0, 8);
      const worker = bundle['worker.js'];
      if (worker?.type !== 'chunk') throw new Error('the worker was not built');
      worker.code = `const shellName = 'shell-${name}', shellFiles = ${JSON.stringify(files)};\n${worker.code}`;
    },
  },
});

export default defineConfig({
  plugins: [shell(), compressed()],
  define: { 'import.meta.env.VITE_VERSION': JSON.stringify(version) },
  build: {
    target: 'es2022',
    // Nothing is written into the page itself: its policy lets in no script and no style but files of ours.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    cssCodeSplit: false,
    reportCompressedSize: false,
    rolldownOptions: {
      input: ['index.html', 'src/worker/shell.ts'],
      output: {
        entryFileNames: ({ facadeModuleId }) =>
          isWorker(facadeModuleId) ? 'worker.js' : 'assets/[name]-[hash].js',
      },
    },
  },
});

// Whether node_modules holds what the lock file says. Old syntax, as the bootstrap uses it.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** npm writes down beside the packages what it has installed; what it left out was optional. */
export function isInstalled(root) {
  const written = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(written)) return false;
  const has = JSON.parse(readFileSync(written, 'utf8')).packages;
  const wants = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const isSame = (path) =>
    has[path].version === wants[path].version && has[path].integrity === wants[path].integrity;
  return (
    Object.keys(has).every((path) => wants[path] && isSame(path)) &&
    Object.keys(wants).every(
      (path) => path === '' || has[path] || wants[path].optional || !path.includes('node_modules'),
    )
  );
}

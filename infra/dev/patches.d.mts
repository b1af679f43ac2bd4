export function applyPatches(root: string): string[];

/** `reportAbsence` as `report-absence`: names of files follow the names of things. */
export const kebab = (name: string): string => name.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase();

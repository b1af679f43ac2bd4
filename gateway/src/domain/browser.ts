/** As much of a browser as its person needs to tell their own sessions apart, and no more: no version, no model, no address. */
export interface Browser {
  readonly name: BrowserName;
  readonly platform: Platform;
}

export type BrowserName = 'EDGE' | 'OPERA' | 'SAMSUNG' | 'FIREFOX' | 'CHROME' | 'SAFARI' | 'OTHER';
export type Platform = 'ANDROID' | 'IOS' | 'WINDOWS' | 'CHROMEOS' | 'MACOS' | 'LINUX' | 'OTHER';

/** First match wins: nearly every browser says that it is some of the others too. */
const names: readonly (readonly [RegExp, BrowserName])[] = [
  [/\bEdg(e|A|iOS)?\//, 'EDGE'],
  [/\b(OPR|OPT|Opera)\//, 'OPERA'],
  [/\bSamsungBrowser\//, 'SAMSUNG'],
  [/\b(Firefox|FxiOS)\//, 'FIREFOX'],
  [/\b(Chrome|Chromium|CriOS)\//, 'CHROME'],
  [/\bVersion\/.* Safari\//, 'SAFARI'],
];

const platforms: readonly (readonly [RegExp, Platform])[] = [
  [/\bAndroid\b/, 'ANDROID'],
  [/\b(iPhone|iPad|iPod)\b/, 'IOS'],
  [/\bWindows\b/, 'WINDOWS'],
  [/\bCrOS\b/, 'CHROMEOS'],
  [/\bMacintosh\b/, 'MACOS'],
  [/\b(Linux|X11)\b/, 'LINUX'],
];

const longest = 500;

/** What a `User-Agent` header says of where somebody signs in. */
export function toBrowser(userAgent: string | undefined): Browser {
  const said = userAgent?.slice(0, longest) ?? '';
  const first = <Word>(list: readonly (readonly [RegExp, Word])[]): Word | undefined =>
    list.find(([pattern]) => pattern.test(said))?.[1];
  return { name: first(names) ?? 'OTHER', platform: first(platforms) ?? 'OTHER' };
}

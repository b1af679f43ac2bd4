/** How urgent it is to read a person: the lower, the sooner. */
export type Priority = 0 | 1 | 2 | 3;

/** For people who are read because of us and not because something has happened to them. */
export const noHurry: Priority = 3;

const byType: ReadonlyMap<string, Priority> = new Map([
  // Protection outranks everything (FREG-11).
  ['endringIAdressebeskyttelse', 0],
  // What can end somebody's access.
  ['endringIForeldreansvar', 1],
  ['endringIVergemaal', 1],
  ['endringIRettsligHandleevne', 1],
  ['endringIDoedsfall', 1],
  ['endringIFalskIdentitet', 1],
  ['personErDoed', 1],
  ['personErReaktivert', 1],
  ['personErOpphoert', 1],
  ['personErOpphoertSomDublett', 1],
  ['personErViderefoertSomGjeldendeVedSammenslaaing', 1],
  ['personErEndretVedSplitting', 1],
  ['personErGjenopprettetVedSplitting', 1],
  ['endringIIdentifikasjonsnummer', 1],
  ['personErOpprettet', 2],
  ['personErOppdatert', 2],
  ['personErBosatt', 2],
  ['personErUtflyttet', 2],
  ['personErInaktiv', 2],
  ['endringIStatus', 2],
  ['endringIPerson', 2],
  ['endringIIdentitetsgrunnlag', 2],
  ['endringIUtenlandskPersonidentifikasjon', 2],
  ['endringIUtlendingsmyndighetenesIdentifikasjonsnummer', 2],
  ['endringILegitimasjonsdokument', 2],
  ['endringIFamilierelasjon', 2],
  ['endringISivilstand', 2],
  ['endringIFoedsel', 2],
  ['endringIFoedselINorge', 2],
  ['endringIDeltBosted', 2],
  ['endringINavn', 2],
  ['endringIKjoenn', 2],
  ['endringIStatsborgerskap', 2],
  ['endringIOpphold', 2],
  ['endringIOppholdPaaSvalbard', 2],
  ['endringIBrukAvSamiskSpraak', 2],
  ['endringISametingetsValgmanntall', 2],
  ['endringIBostedsadresse', 2],
  ['endringIBostedsadresseUtenFlytting', 2],
  ['endringIBostedsadresseVedKommuneregulering', 2],
  ['endringIOppholdsadresse', 2],
  ['endringIKontaktinformasjon', 2],
  ['endringIKontaktopplysningerForDoedsbo', 2],
  ['endringIInnflytting', 2],
  ['endringIUtflytting', 2],
]);

export const isKnownType = (type: string): boolean => byType.has(type);

/** The register says that two persons were taken for one (FREG-09). */
export const isSplit = (type: string): boolean =>
  type === 'personErEndretVedSplitting' || type === 'personErGjenopprettetVedSplitting';

/** Whether what happened may be that responsibility was annulled: only the event's own document says so (FREG-05). */
export const mayAnnul = (type: string): boolean => type === 'endringIForeldreansvar';

/** A type we do not know may be about anything, so it is read as soon as what can end access. */
export const priorityOf = (type: string): Priority => byType.get(type) ?? 1;

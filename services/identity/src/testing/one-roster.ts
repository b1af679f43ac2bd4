/** The tables of a OneRoster delivery: of each its header and its rows. */
export type Tables = Readonly<Record<string, readonly string[]>>;

export const headers = {
  manifest: 'propertyName,value',
  academicSessions:
    'sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,schoolYear',
  orgs: 'sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId,metadata.schoolType',
  courses:
    'sourcedId,status,dateLastModified,schoolYearSourcedId,title,courseCode,grades,orgSourcedId,subjects,subjectCodes',
  classes:
    'sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,location,schoolSourcedId,termSourcedIds,subjects,subjectCodes,periods,metadata.additionalClassType',
  users:
    'sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password',
  usersOf12:
    'sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password,userMasterIdentifier,resourceSourcedIds,preferredGivenName,preferredMiddleName,preferredFamilyName,primaryOrgSourcedId,pronouns',
  roles:
    'sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,userProfileSourcedId',
  enrollments:
    'sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate',
} as const;

const manifest = (version: string, names: readonly string[]): string[] => [
  headers.manifest,
  'manifest.version,1.0',
  `oneroster.version,${version}`,
  ...names.map((name) => `file.${name},bulk`),
  'file.demographics,absent',
  'source.systemName,Skolesystemet',
  'source.systemCode,sas@one.example',
];

interface User {
  readonly key: string;
  readonly number?: string;
  readonly role: string;
  readonly orgs?: string;
  readonly feide?: string;
}

const userIds = (feide?: string) => (feide === undefined ? '' : `"{LDAP:x},{Feide:${feide}}"`);

/** A school with a class, its after-school unit and a kindergarten, as OneRoster 1.1 tells of them. */
export function oneRoster11(users: readonly User[], more: Partial<Tables> = {}): Record<string, string> {
  const tables: Record<string, readonly string[]> = {
    academicSessions: [
      headers.academicSessions,
      'y26,,,2026/2027,schoolYear,2026-08-01,2027-08-01,,2027',
      'h26,,,Høst,term,2026-08-17,2027-01-01,y26,2027',
      'v27,,,Vår,term,2027-01-01,2027-06-19,y26,2027',
    ],
    orgs: [
      headers.orgs,
      'kommune,,,Tingvika kommune,district,310001236,,',
      'skole,,,"Paraplyen, skole",school,NO310004561,kommune,',
      'sfo,,,Paraplyen SFO,school,,skole,sfo',
      'bhg,,,Trillebåra,school,310007897,kommune,barnehage',
    ],
    courses: [headers.courses, 'c3,,,y26,3. trinn,,03,skole,,'],
    classes: [
      headers.classes,
      '3A,,,3A,03,c3,,homeroom,,skole,"h26,v27",,,,',
      'mat,,,Matte 3A,03,c3,,scheduled,,skole,h26,,,,',
      '3A1,,,Kontakt 3A,03,c3,,scheduled,,skole,"h26,v27",,,,mentor',
      'bla,,,Blå,,,,homeroom,,bhg,,,,,',
    ],
    users: [
      headers.users,
      ...users.map(
        ({ key, number = '', role, orgs = '', feide }) =>
          `${key},,,true,"${orgs}",${role},${key},${userIds(feide)},BRED,SYKKELPUMPE,,${number},a@b.no,,,"mor",03,`,
      ),
    ],
    enrollments: [headers.enrollments],
    ...(more as Tables),
  };
  return asFiles('1.1', tables);
}

export function asFiles(version: string, tables: Tables): Record<string, string> {
  const all = { manifest: manifest(version, Object.keys(tables)), ...tables };
  // As spreadsheets write it: with a mark of the byte order and the line ends of another system.
  return Object.fromEntries(
    Object.entries(all).map(([name, rows]) => [`${name}.csv`, `\uFEFF${rows.join('\r\n')}\r\n`]),
  );
}

/** What is invented about a person: the facts that every simulated register then tells in its own format. */
export type Sex = 'kvinne' | 'mann';
export type Ansvar = 'felles' | 'mor' | 'far' | 'medmor' | 'andre' | 'ukjent';
export type ParentRole = 'mor' | 'far' | 'medmor';
export type Protection = 'ugradert' | 'klientadresse' | 'fortrolig' | 'strengtFortrolig';
export type CivilStatus = 'ugift' | 'gift' | 'separert' | 'skilt';
export type PersonStatus = 'bosatt' | 'utflyttet' | 'doed' | 'midlertidig';
export type NumberKind = 'foedselsnummer' | 'dNummer';

export interface Identifier {
  readonly number: string;
  readonly kind: NumberKind;
  readonly status: 'iBruk' | 'opphoert';
  readonly from: string;
}

export interface Address {
  readonly street: string;
  readonly streetCode: string;
  readonly house: number;
  readonly letter: string | null;
  readonly unit: string;
  readonly postcode: string;
  readonly place: string;
  /** Left out: the invented municipality. */
  readonly municipality?: string;
  /** A number, so leading zeros are lost, as in the register. */
  readonly schoolDistrict: number;
}

export interface UnidentifiedPerson {
  readonly given: string;
  readonly family: string;
  readonly born: string | null;
  readonly citizenship: string;
}

/** One entry in the register: one child, one holder. It stands on both documents. */
export interface Responsibility {
  readonly ansvar: Ansvar;
  readonly child: Person;
  readonly holder: Person | null;
  /** The number the entry names the holder by, where that is not the one in use. */
  readonly holderNumber: string | null;
  readonly unidentified: UnidentifiedPerson | null;
  readonly organisation: string | null;
  readonly current: boolean;
  readonly from: string;
  readonly until: string | null;
  readonly reason: string;
  readonly source: string;
  readonly recorded: string;
}

export interface Relation {
  readonly to: Person;
  readonly theirRole: ParentRole | 'barn' | 'ektefelleEllerPartner';
  readonly myRole: ParentRole | 'barn' | 'ektefelleEllerPartner';
}

export interface Representative {
  readonly verge: Person;
  readonly kind: 'mindreaarig' | 'midlertidigForMindreaarig' | 'ensligMindreaarigFlyktning';
  readonly from: string;
}

export interface Channel {
  readonly address: string;
  /** Ages, not dates: fresh data stays fresh in whichever year the simulator runs. */
  readonly updatedDaysAgo: number;
  readonly verifiedDaysAgo: number;
  readonly duplicated: boolean;
}

export interface ContactFacts {
  readonly status: 'AKTIV' | 'SLETTET' | 'IKKE_REGISTRERT';
  readonly reserved: boolean;
  readonly email: Channel | null;
  readonly mobile: Channel | null;
  readonly language: 'nb' | 'nn' | 'en' | 'se' | null;
  readonly mailbox: '984661185' | '922020175' | null;
}

export interface Person {
  readonly index: number;
  readonly sourceId: string;
  readonly kind: 'child' | 'adult';
  readonly identifiers: readonly Identifier[];
  /** The number in use. */
  readonly number: string;
  readonly given: string;
  readonly family: string;
  readonly sex: Sex;
  readonly born: string;
  readonly died: string | null;
  readonly status: PersonStatus;
  readonly protection: Protection;
  readonly address: Address;
  readonly civil: CivilStatus;
  readonly responsibilities: Responsibility[];
  readonly relations: Relation[];
  readonly representatives: Representative[];
  readonly contact: ContactFacts | null;
}

export type UnitKind = 'municipality' | 'school' | 'afterSchool' | 'kindergarten';

export interface Unit {
  readonly sourceId: string;
  readonly kind: UnitKind;
  /** After-school care has no row of its own in the unit register. */
  readonly organisationNumber: string | null;
  readonly name: string;
  readonly parent: Unit | null;
}

export interface Group {
  readonly sourceId: string;
  readonly kind: 'basis' | 'contactTeacher';
  readonly name: string;
  readonly unit: Unit;
}

/** 01 child, 02 teacher, 05 management, 06 contact teacher, 07 administrator, 08 assistant. */
export type RoleType = '01' | '02' | '05' | '06' | '07' | '08';

export interface Membership {
  readonly person: Person;
  readonly target: Unit | Group;
  readonly role: RoleType;
  readonly from: string;
  readonly to: string | null;
}

export interface StaffMember {
  readonly person: Person;
  readonly feide: string;
  readonly title: string;
}

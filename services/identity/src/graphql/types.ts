import type { Actor } from '@ranselpost/kit/pure/actor';
import type DataLoader from 'dataloader';
import type { Draft } from '../domain/information-request.ts';
import type { GraphDeps } from '../usecases/deps.ts';
import type { Place } from '../domain/feature.ts';
import type { Settings } from '../domain/settings.ts';
import type { ActView } from '../usecases/direct-feature.ts';
import type { FeatureView, ReachView } from '../usecases/read-features.ts';
import type {
  ExplanationView,
  GuardianAccessView,
  ReadingView,
  ReadingsWanted,
  StaffAccessView,
} from '../usecases/explain-access.ts';
import type { ChildView, EnrolmentView, GuardianView } from '../usecases/read-children.ts';
import type { CandidateView, HandlingView, RequestView } from '../usecases/read-information-requests.ts';
import type { GroupChildrenWanted } from '../usecases/read-group-children.ts';
import type { QuarantineView } from '../usecases/decide-quarantine.ts';
import type { FindingView, RegisterView } from '../usecases/read-unit-findings.ts';
import type { GroupView, UnitView } from '../usecases/read-units.ts';
import type { ReadingAlarm } from '../usecases/read-alarms.ts';
import type { ReportFigure, ReportView, RetentionHold } from '../usecases/read-retention.ts';
import type { ReviewWanted, ReviewedView } from '../usecases/review-access.ts';
import type { CaseView, GrantView, ItemView, ProposalView, RestrictionView } from '../usecases/read-cases.ts';
import type { MunicipalRoleView, SubstituteView } from '../usecases/read-roles.ts';
import type { TabletView } from '../usecases/pair-tablet.ts';
import type { RoleView, ViewerView } from '../usecases/read-viewer.ts';

/** What resolvers get, fresh for each request. Every loader applies access itself: what it hides, it answers as null. */
export interface Context {
  readonly actor: Actor;
  /** For changes and lists, which no loader gathers. */
  readonly deps: GraphDeps;
  readonly viewer: () => Promise<ViewerView | null>;
  readonly children: DataLoader<string, ChildView | null>;
  readonly units: DataLoader<string, UnitView | null>;
  readonly groups: DataLoader<string, GroupView | null>;
  readonly groupChildren: DataLoader<GroupChildrenWanted, readonly ChildView[] | null, string>;
  readonly unitFeatures: DataLoader<string, readonly FeatureView[] | null>;
  readonly unitContacts: DataLoader<string, ReachView | null>;
  readonly cases: DataLoader<string, CaseView | null>;
  readonly shortNames: DataLoader<string, string | null>;
  readonly tablets: DataLoader<string, readonly TabletView[] | null>;
  readonly substitutes: DataLoader<string, readonly SubstituteView[] | null>;
  readonly informationRequests: DataLoader<string, RequestView | null>;
  readonly explanations: DataLoader<string, ExplanationView | null>;
  readonly accessLogs: DataLoader<ReadingsWanted, readonly ReadingView[] | null, string>;
  readonly accessReviews: DataLoader<ReviewWanted, readonly ReviewedView[] | null, string>;
}

/** What stands behind the types of the SDL. */
export type ViewerModel = ViewerView;
export type SettingsModel = Settings;
export type ChildModel = ChildView;
export type GuardianModel = GuardianView;
export type EnrolmentModel = EnrolmentView;
export type UnitModel = UnitView;
export type UnitRegisterEntryModel = RegisterView;
export type RegisterQuarantineModel = QuarantineView;
export type UnitFindingModel = FindingView;
export type GroupModel = GroupView;
export type StaffRoleModel = RoleView;
export type FeatureStateModel = FeatureView;
export type FeatureActModel = ActView;
export type FeaturePlaceModel = Place;
export type GuardianshipCaseModel = CaseView;
export type CaseGrantModel = GrantView;
export type RestrictionModel = RestrictionView;
export type WorkItemModel = ItemView;
export type ProposalModel = ProposalView;
export type MunicipalRoleModel = MunicipalRoleView;
export type TabletModel = TabletView;
export type SubstituteModel = SubstituteView;
export type InformationRequestModel = RequestView;
export type InformationHandlingModel = HandlingView;
export type InformationCandidateModel = CandidateView;
export type InformationDraftModel = { readonly draft: Draft; readonly text: string | null };
export type AccessExplainedModel = ExplanationView;
export type AccessToChildModel = ExplanationView;
export type ReadingAlarmModel = ReadingAlarm;
export type GuardianAccessModel = GuardianAccessView;
export type StaffAccessModel = StaffAccessView;
export type StaffMemberModel = StaffAccessView['staff'];
export type AccessLogEntryModel = ReadingView;
export type ReviewedStaffModel = Extract<ReviewedView, { kind: 'staff' }>;
export type ReviewedGuardianModel = Extract<ReviewedView, { kind: 'guardian' }>;
export type RetentionHoldModel = RetentionHold;
export type RetentionReportModel = ReportView;
export type RetentionFigureModel = ReportFigure;

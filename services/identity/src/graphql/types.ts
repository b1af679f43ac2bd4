import type { Actor } from '@ranselpost/kit/pure/actor';
import type DataLoader from 'dataloader';
import type { ChildView, EnrolmentView, GuardianView } from '../usecases/read-children.ts';
import type { GroupView, UnitView } from '../usecases/read-units.ts';
import type { RoleView, ViewerView } from '../usecases/read-viewer.ts';

/** What resolvers get, fresh for each request. Every loader applies access itself: what it hides, it answers as null. */
export interface Context {
  readonly actor: Actor;
  readonly viewer: () => Promise<ViewerView | null>;
  readonly children: DataLoader<string, ChildView | null>;
  readonly units: DataLoader<string, UnitView | null>;
  readonly groups: DataLoader<string, GroupView | null>;
}

/** What stands behind the types of the SDL. */
export type ViewerModel = ViewerView;
export type ChildModel = ChildView;
export type GuardianModel = GuardianView;
export type EnrolmentModel = EnrolmentView;
export type UnitModel = UnitView;
export type GroupModel = GroupView;
export type StaffRoleModel = RoleView;

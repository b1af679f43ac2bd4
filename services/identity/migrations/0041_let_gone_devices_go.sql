-- A browser that its push service says is gone is nobody's device any more: taken off the list by the service itself, in
-- nobody's name. In somebody's name it is removed by its owner alone, as before.
create policy gone_by_itself on push_device for delete to {{worker}} using ((select access.person()) is null);

"""The joint calendar (联合检查日程): when each visit is held, never who goes and never by class or score."""

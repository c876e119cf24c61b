-- Servers, the kitchen and those who only look have accounts too (policies/access/rights.py).
alter table staff drop constraint staff_role_check;
alter table staff add constraint staff_role_check
    check (role in ('viewer', 'kitchen', 'server', 'host', 'manager', 'owner'));

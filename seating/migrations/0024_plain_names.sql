-- Fields of stored JSON renamed: the code reads the new names only.
--
-- PostgreSQL prints a jsonb key as `"name": ` and escapes quotes in strings, so replacing that text
-- changes keys alone, at any depth.

-- policies.book.answers.Explanation
update reservation set explained = replace(replace(replace(explained::text,
        '"bucket": ', '"tightest_at": '), '"foretold": ', '"walked_expected": '),
        '"displaced": ', '"displaced_value": ')::jsonb
where explained ?| array['bucket', 'foretold', 'displaced'];
update turnaway set explained = replace(replace(replace(explained::text,
        '"bucket": ', '"tightest_at": '), '"foretold": ', '"walked_expected": '),
        '"displaced": ', '"displaced_value": ')::jsonb
where explained ?| array['bucket', 'foretold', 'displaced'];

-- policies.book.picture.Risk
update reservation set risk = replace(risk::text, '"bucket": ', '"tightest_at": ')::jsonb
where risk ? 'bucket';
update slot_hold set risk = replace(risk::text, '"bucket": ', '"tightest_at": ')::jsonb
where risk ? 'bucket';
update rescue_option set body = replace(body::text, '"bucket": ', '"tightest_at": ')::jsonb
where body -> 'risk' ? 'bucket';

-- policies.book.changes.Changes; its promises and slot holds have a Risk.
update action set
    before = replace(replace(replace(before::text, '"bucket": ', '"tightest_at": '),
        '"unseated": ', '"removed_seatings": '), '"forgotten": ', '"removed_wait_entries": ')::jsonb,
    after = replace(replace(replace(after::text, '"bucket": ', '"tightest_at": '),
        '"unseated": ', '"removed_seatings": '), '"forgotten": ', '"removed_wait_entries": ')::jsonb
where before::text ~ '"(bucket|unseated|forgotten)": '
   or after::text ~ '"(bucket|unseated|forgotten)": ';

-- Answers, sent again to whoever repeats a command: all of the above, and fields of
-- seating.rescue.taking.RescueOutcome and policies.gestures.approvals.Approval.
update action set answer = replace(replace(replace(replace(replace(answer::text,
        '"bucket": ', '"tightest_at": '), '"foretold": ', '"walked_expected": '),
        '"displaced": ', '"displaced_value": '), '"unseated": ', '"removed_seatings": '),
        '"forgotten": ', '"removed_wait_entries": ')::jsonb
where answer::text ~ '"(bucket|foretold|displaced|unseated|forgotten)": ';
update action set answer = answer - 'told' || jsonb_build_object('result', answer -> 'told')
where answer ?& array['option_id', 'told'];
update action set answer = answer - 'beyond' || jsonb_build_object('over_limit', answer -> 'beyond')
where answer ?& array['approval_id', 'beyond'];
update action set answer = answer || jsonb_build_object('approval', (answer -> 'approval') - 'beyond'
        || jsonb_build_object('over_limit', answer -> 'approval' -> 'beyond'))
where answer -> 'approval' ? 'beyond';

-- Purpose: set aside the rows that lie after the last day that counts.
-- In:      ledger; $1 the day.
-- Out:     the reason stands before those that come after it in the order of reasons.
UPDATE ledger
SET reason = 'after_as_of'
WHERE {{template "late"}}

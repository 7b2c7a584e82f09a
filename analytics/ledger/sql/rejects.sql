-- Purpose: the rows set aside, as the exports had them.
-- Grain:   one row per row set aside, by file and in its order.
-- In:      rejects.
-- Out:     record counts the rows of a file from 0.
SELECT
    file,
    record,
    reason,
    export_row
FROM rejects
ORDER BY rowid

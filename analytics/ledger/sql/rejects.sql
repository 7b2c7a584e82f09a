-- Purpose: the rows set aside, as the exports had them.
-- Grain:   one row per row set aside.
-- In:      rejects.
SELECT
    file,
    line,
    reason,
    export_row
FROM rejects

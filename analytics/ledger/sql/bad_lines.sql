-- Purpose: the lines of a batch that could not be split into columns.
-- Grain:   one row per line, however much is wrong with it, in the order of
--          the files.
-- In:      the tables that reading with store_rejects fills.
SELECT
    s.file_path,
    e.line
FROM {{.Rejects}} AS e
JOIN {{.Rejects}}_scan AS s USING (scan_id, file_id)
GROUP BY s.file_path, s.file_id, e.line
ORDER BY s.file_id, e.line

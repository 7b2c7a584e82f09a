-- Purpose: the lines of a batch that could not be split into columns.
-- Grain:   one row per line, in the order of the files.
-- In:      the tables that reading with store_rejects fills.
SELECT
    s.file_path,
    e.line,
    min_by(e.csv_line, e.column_idx)      AS text,
    min_by(e.error_message, e.column_idx) AS cause
FROM {{.Rejects}} AS e
JOIN {{.Rejects}}_scan AS s USING (scan_id, file_id)
GROUP BY s.file_path, s.file_id, e.line
ORDER BY s.file_id, e.line

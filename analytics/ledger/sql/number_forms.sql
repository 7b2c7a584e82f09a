-- Purpose: how the numbers of one text of one source are written.
-- Grain:   one row per form.
-- In:      ledger; $1 the source.
-- Out:     counts, and the file and line of the first that is used or would be if
--          it could be read, or else of any.
--
-- First by file: to compare a place of two parts takes much longer than a line.
SELECT
    form,
    CAST(sum(tells) AS BIGINT) AS tells,
    CAST(sum(used) AS BIGINT)  AS used,
    coalesce(
        min({{row}}{{field "file"}} file, {{field "line"}} used_line{{end_row}}) FILTER (WHERE used_line IS NOT NULL),
        min({{row}}{{field "file"}} file, {{field "line"}} any_line{{end_row}})
    ) AS first
FROM (
    SELECT
        form,
        file,
        count(*) FILTER (WHERE {{if .Filtered}}TRUE{{else}}reason IS DISTINCT FROM 'filtered'{{end}}) AS tells,
        count(*) FILTER (WHERE counts)   AS used,
        min(line) FILTER (WHERE counts)  AS used_line,
        min(line)                        AS any_line
    FROM (
        SELECT
            {{.Form}} AS form, file, line, reason,
            reason IS NULL OR reason IN ('amount_unreadable', 'anonymous', 'filter_unknown') AS counts
        FROM ledger
        WHERE source = CAST($1 AS INTEGER) AND {{.Form}} IS NOT NULL
    )
    GROUP BY form, file
)
GROUP BY form
ORDER BY form

-- Purpose: how the numbers of one text of one source are written.
-- Grain:   one row per form.
-- In:      ledger; $1 the source.
-- Out:     counts, and the file and line of the first that is used or would be if
--          it could be read, or else of any.
SELECT
    {{.Form}} AS form,
    count(*) FILTER (WHERE {{if .Filtered}}TRUE{{else}}reason IS DISTINCT FROM 'filtered'{{end}}) AS tells,
    count(*) FILTER (WHERE reason IS NULL OR reason IN ('amount_unreadable', 'anonymous', 'filter_unknown')) AS used,
    coalesce(
        min({{row}}{{field "file"}} file, {{field "line"}} line{{end_row}}) FILTER (WHERE reason IS NULL OR reason IN ('amount_unreadable', 'anonymous', 'filter_unknown')),
        min({{row}}{{field "file"}} file, {{field "line"}} line{{end_row}})
    ) AS first
FROM ledger
WHERE source = CAST($1 AS INTEGER) AND {{.Form}} IS NOT NULL
GROUP BY form
ORDER BY form

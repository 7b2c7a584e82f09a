-- Purpose: how the numbers of one text of one source are written.
-- Grain:   one row per file and form.
-- In:      ledger.
-- Out:     counts, and the lines of the first that is used or would be if it could be read,
--          and of the first of any.
-- Adds up: lines by min, counts by sum, over equal file and form.
SELECT
    form,
    file,
    count(*) FILTER (WHERE {{if .Filtered}}TRUE{{else}}reason IS DISTINCT FROM 'filtered'{{end}}) AS tells,
    count(*) FILTER (WHERE counts)   AS used,
    min(line) FILTER (WHERE counts)  AS used_line,
    min(line)                        AS line
FROM (
    SELECT
        {{.Form}} AS form, file, line, reason,
        reason IS NULL OR reason IN ('amount_unreadable', 'anonymous', 'filter_unknown') AS counts
    FROM ledger
    WHERE source = {{.Source}} AND {{.Form}} IS NOT NULL
)
GROUP BY form, file

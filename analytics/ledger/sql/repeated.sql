-- Purpose: what stands in several files of a source.
-- Grain:   one row per source and content.
-- In:      ledger, with the content of rows; the files of which an earlier night found that
--          no two have a row alike.
-- Out:     rows after the last day that counts are among them: on another night they count.
SELECT source, content
FROM ledger
{{- if .Apart}}
SEMI JOIN (
    SELECT source, content
    FROM ledger
    WHERE file NOT IN ({{.Apart}}) AND content IS NOT NULL AND (reason IS NULL OR reason = 'after_as_of')
) AS new USING (source, content)
{{- end}}
WHERE content IS NOT NULL AND (reason IS NULL OR reason = 'after_as_of')
GROUP BY source, content
HAVING min(file) <> max(file)

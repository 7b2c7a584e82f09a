-- Purpose: what decides on another night whether the rows of a file are still what would be
--          read.
-- Grain:   one row per file.
-- In:      ledger, before anything is set aside for its day.
SELECT
    file,
    count(*) FILTER (WHERE time_form & {{.LaterDigits}} <> 0)  AS later_digits,
    count(*) FILTER (WHERE time_form & {{.UnreadDigits}} <> 0) AS unread_digits,
    count(*) FILTER (WHERE day IS NULL)                        AS without_day,
    -- a day that no shop sees is as good as the last of all
    coalesce(CAST(max(least({{if .Refunds}}greatest(day, refund_day){{else}}day{{end}}, DATE '9999-12-31')) FILTER (WHERE day >= DATE '1000-01-01') AS VARCHAR), '') AS last_day,
    coalesce(CAST(max(day) FILTER (WHERE day BETWEEN DATE '1000-01-01' AND DATE '9999-12-31'
        AND (reason IS NULL OR reason IN ('time_unreadable', 'amount_unreadable', 'anonymous'))) AS VARCHAR), '') AS last_counting,
    {{if .Binding}}coalesce(CAST(max(day) FILTER (WHERE day BETWEEN DATE '1000-01-01' AND DATE '9999-12-31'
        AND coalesce({{join .Binding}}) IS NOT NULL) AS VARCHAR), ''){{else}}''{{end}} AS last_binding
FROM ledger
WHERE file BETWEEN {{.First}} AND {{.Last}}
GROUP BY file

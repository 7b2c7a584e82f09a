-- Purpose: how the amounts or costs of each source are written.
-- Grain:   one row per source with any that cannot be read.
-- In:      ledger.
-- Out:     counts by form; the file and line of the first in another notation,
--          or else of any row.
WITH forms AS (
    SELECT *, {{.Name}}_form AS form, {{.Name}} AS value
    FROM ledger
    WHERE reason IS NULL OR reason = 'amount_unreadable'
),
counted AS (
    SELECT
        source,
        count(*) FILTER (WHERE form = {{.Commas}})                                   AS commas,
        count(*) FILTER (WHERE form = {{.Spaced}})                                   AS spaced,
        count(*) FILTER (WHERE form = {{.Groups}})                                   AS groups,
        count(*) FILTER (WHERE form IN ({{.Back}}, {{.Priced}}))                     AS signed,
        count(*) FILTER (WHERE form IN ({{.BackComma}}, {{.PricedComma}}))           AS signed_commas,
        count(*) FILTER (WHERE form IN ({{.Back}}, {{.BackComma}}))                  AS back,
        count(*) FILTER (WHERE (form IS NULL OR form = {{.Dotted}}) AND value < 0) AS negative,
        count(*) FILTER (WHERE form = {{.TwoWays}})                                  AS two_ways,
        count(*) FILTER (WHERE form = {{.Dotted}})                                   AS dotted,
        count(*) FILTER (WHERE form = {{.Unread}})                                   AS unread,
        count(*) FILTER (WHERE (form IS NULL OR form = {{.Dotted}}) AND abs(value) >= {{.Large}}) AS large,
        count(*) FILTER (WHERE {{.Written}})                                         AS written,
        coalesce(
            min(struct_pack(file := file, line := line)) FILTER (WHERE form IN ({{.Commas}}, {{.Spaced}}, {{.Groups}}, {{.Back}}, {{.BackComma}}, {{.Priced}}, {{.PricedComma}})),
            min(struct_pack(file := file, line := line))
        )                                                                            AS first
    FROM forms
    GROUP BY source
)
SELECT source, first.file, first.line, commas, spaced, groups, signed, signed_commas, back, negative, two_ways, dotted, unread, large, written
FROM counted
WHERE commas + spaced + groups + signed + signed_commas + unread > 0
ORDER BY source

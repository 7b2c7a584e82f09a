-- Purpose: a refund that stands on the row of a sale is a return by itself.
-- Grain:   one row per sale with a refund, used or set aside: its refund goes with it.
-- In:      ledger; $1 the last day that counts, or NULL for no limit.
-- Out:     rows of ledger at the places of the sales. Of the cost, as much is given back
--          as of the amount: of the product, DECIMAL(19, 6) keeps all digits on both engines
--          (37 of 38). What the row says beside money counts once, with the sale.
INSERT INTO ledger
SELECT * REPLACE (
    refund_day                                                                      AS day,
    -refund                                                                         AS amount,
    TRUE                                                                            AS is_return,
    -TRY_CAST(CASE WHEN refund >= amount THEN cost ELSE CAST(cost AS DECIMAL(19, 6)) * refund / amount END AS DECIMAL(18, 6)) AS cost,
    NULL                                                                            AS export_row,
    NULL                                                                            AS quantity,
    CAST(refund_day AS TIMESTAMP)                                                   AS instant,
    TRUE                                                                            AS on_sale,
    NULL                                                                            AS refund
{{- if .Currencies}},
    refund_original                                                                 AS original
{{- end}}
{{- if .Joined}},
    -- of no kind: the join of the sale is counted already
    4294967295                                                                      AS joins
{{- end}}
{{- range .Once}},
    NULL                                                                            AS {{.}}
{{- end}}
)
FROM ledger
WHERE refund > 0
    AND NOT is_return
    AND amount IS NOT NULL -- a row whose amount is not known is in no sum
    -- A refund that comes later than the last day that counts is not known yet. A sale that
    -- does too is set aside whole.
    AND NOT coalesce(day <= CAST($1 AS DATE) AND refund_day > CAST($1 AS DATE), FALSE)

-- Purpose: each order or return of a customer, where no order has several lines: there is
--          nothing to add up.
-- Grain:   one row per row of the ledger that is used.
-- In:      ledger.
-- Out:     as customer_order.sql, but for the columns that nobody reads then.
SELECT
    customer,
    is_return,
    day,
    CAST(amount AS DECIMAL(38, 6)) AS amount
{{- if .HasCost}},
    CAST(cost AS DECIMAL(38, 6))   AS cost
{{- end}}
{{- if .ListPrice}},
    CAST({{template "premium"}} AS DECIMAL(38, 6)) AS premium
{{- end}}
{{- range .Numbers}},
    CAST(coalesce({{number .Column "DECIMAL(18, 6)"}}, 0) AS DECIMAL(38, 6)) AS {{.Name}},
    CAST({{.Column}} IS NOT NULL AND {{number .Column "DECIMAL(18, 6)"}} IS NULL AS BIGINT) AS {{.Unread}}
{{- end}}
FROM ledger
WHERE reason IS NULL

-- Purpose: what each customer did day by day, for those who need more than its sums.
-- Grain:   one row per customer and day with an order{{if .KeepNet}} or a return{{else if .Activity}}, or since $1 with a return{{end}}.
-- In:      customer_day{{if and .Activity (not .KeepNet)}}; $1 the first day of the activity{{end}}.
-- Out:     exact, but for sold, which is rounded to a double; placed and flow are what
--          was done as it was on the day. To sort these rows takes the engine half of what
--          a list of days for each customer takes.
SELECT
    customer,
    day,
    orders
{{- if .KeepSpend}},
    CAST(sold AS DOUBLE) AS sold
{{- end}}
{{- if or .KeepNet (and .Activity (not .Moved))}},
    net
{{- end}}
{{- if .KeepCost}},
    cost
{{- end}}
{{- if .KeepSales}},
    {{if .Moved}}bought{{else}}sold{{end}} AS bought
{{- end}}
{{- if .ListPrice}},
    premium
{{- end}}
{{- if and .Activity .Moved}},
    placed,
    flow
{{- end}}
{{- range .Numbers}},
    {{.Name}}
{{- end}}
FROM customer_day
{{- if not .KeepNet}}
WHERE orders > 0{{if .Activity}} OR day >= CAST($1 AS DATE){{end}}
{{- end}}

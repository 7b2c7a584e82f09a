-- Purpose: read the files of one batch, once, and judge every row.
-- Grain:   one row per record of an export.
-- In:      the files; the job's expressions; $1 the last day that counts, or
--          NULL for no limit{{if .Into}}, which set_late_aside.sql looks at{{end}}.
-- Out:     rows of ledger.{{if .Into}} They are as on any night, but that those after the last
--          day have their text.{{end}}
{{if .Into}}INSERT INTO ledger
{{end}}WITH export AS (
    SELECT {{join .Read}}
    FROM <reader>
),
mapped AS (
    SELECT
        *
{{- range .Expressions}},
        {{.SQL}} AS {{.As}}
{{- end}}
    FROM export
),
timed AS (
    SELECT *, {{.Time}} AS "clientele.time"
    FROM mapped
),
read AS (
    SELECT
        "clientele.file"      AS file,
        "clientele.line"      AS line,
        "clientele.text"      AS text,
        "clientele.malformed" AS malformed,
        "clientele.footer"    AS footer,
        "clientele.content"   AS content,
        {{.Where}}            AS matches,
        {{.Excluded}}         AS excluded,
        {{.Customer}}         AS customer,
        {{.HasTime}}          AS has_time,
        "clientele.day"       AS day,
        {{.Order}}            AS order_id,
        {{.Amount}}           AS amount,
        {{.Cost}}             AS cost,
{{- if .ListPrice}}
        {{.ListPrice}}        AS list_price,
{{- end}}
        {{.TimeForm}}         AS time_form,
{{- if .Currency}}
        {{.Currency}}         AS currency,
{{- end}}
{{- range .Forms}}
        {{.SQL}} AS {{.As}},
{{- end}}
{{- if .Marks}}
        {{.Marks}}            AS marks,
{{- end}}
{{- range $i, $sql := .Matching}}
        {{$sql}} AS matching_{{$i}},
{{- end}}
{{- range $i, $sql := .Refund}}
        {{$sql}} AS refund_{{$i}},
{{- end}}
        {{.RefundUnread}}     AS refund_unread,
        {{.RefundTimeUnread}} AS refund_time_unread,
        {{.Returns}}          AS returns
{{- if .Joins}},
        {{.Joins}} AS joins
{{- end}}
{{- range .Labels}},
        {{.SQL}} AS {{.As}}
{{- end}}
    FROM (SELECT *, {{.Day}} AS "clientele.day" FROM timed)
),
{{- if .Currency}}

rated AS (
    SELECT *, {{.Worth}} AS worth
    FROM read AS own
),
converted AS (
    SELECT
        * {{but}} (amount, cost{{if .ListPrice}}, list_price{{end}}{{if .Refund}}, refund_0{{end}}),
        {{.ConvertedAmount}} AS amount,
        {{.ConvertedCost}} AS cost,
{{- if .ListPrice}}
        {{.ConvertedListPrice}} AS list_price,
{{- end}}
{{- if .Refund}}
        {{.ConvertedRefund}} AS refund_0,
        refund_0 AS refund_original,
{{- end}}
        amount AS original
    FROM rated
),
{{- end}}
judged AS (
    SELECT
        *,
        coalesce(returns, FALSE) OR coalesce(amount < 0, FALSE) AS is_return,
        CASE
            WHEN malformed              THEN 'malformed'
            WHEN footer                 THEN 'footer'
            WHEN matches IS NULL        THEN 'filter_unknown'
            WHEN NOT matches            THEN 'filtered'
            WHEN excluded               THEN 'excluded_product'
            WHEN NOT has_time           THEN 'no_time'
            -- no shop is that old: a year that was cut short, or no date at all
            WHEN day IS NULL OR day NOT BETWEEN DATE '1000-01-01' AND DATE '9999-12-31' THEN 'time_unreadable'
            WHEN refund_time_unread     THEN 'time_unreadable'
            WHEN amount IS NULL OR refund_unread THEN 'amount_unreadable'
            WHEN customer IS NULL       THEN 'anonymous'
        END AS reason
    FROM {{if .Currency}}converted{{else}}read{{end}}
)
SELECT
    {{.Source}} AS source,
    file,
    line,
    {{if .Into}}reason{{else}}CASE WHEN {{template "late"}} THEN 'after_as_of' ELSE reason END AS reason{{end}},
    customer,
    -- a row without an order id belongs to the one order of its day
    coalesce(order_id, CAST(day AS STRING)) AS order_id,
    day,
    CASE WHEN is_return THEN -abs(amount) ELSE amount END AS amount,
    is_return,
    CASE WHEN is_return THEN -abs(cost) ELSE cost END AS cost,
    -- made here and not in a step before: a step makes its columns for all rows
    CASE WHEN {{.KeepsText}} OR {{template "late"}} THEN text END AS export_row,
    CASE WHEN has_time THEN time_form END AS time_form
{{- if .Currency}},
    currency,
    original
{{- end}}
{{- if .Marks}},
    marks
{{- end}}
{{- range .Forms}},
    {{.As}}
{{- end}}
{{- if .Content}},
    {{.Content}}
{{- end}}
{{- if .Joins}},
    joins
{{- end}}
{{- if .Matching}},
    matching_0 AS quantity,
    matching_1 AS instant,
    matching_2 AS original_order,
    FALSE AS on_sale
{{- end}}
{{- range $i, $sql := .Refund}},
    refund_{{$i}}
{{- end}}
{{- if and .Currency .Refund}},
    refund_original
{{- end}}
{{- if .ListPrice}},
    list_price
{{- end}}
{{- range .Labels}},
    {{if .Binds}}CASE WHEN footer{{if not $.Into}} OR {{template "after"}}{{end}} THEN NULL ELSE {{.As}} END AS {{.As}}{{else}}{{.As}}{{end}}
{{- end}}
FROM judged

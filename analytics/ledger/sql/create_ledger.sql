-- Purpose: the table that Load fills.
-- Grain:   one row per record of an export, in no order.
-- Out:     file and line name a row from the moment it is read. reason is NULL
--          for a row that is used; export_row is NULL then, but for sources
--          whose rows may be set aside later.
CREATE OR REPLACE TEMP TABLE ledger (
    source     INTEGER NOT NULL,  -- counts the job's sources from 0
    file       INTEGER NOT NULL,  -- counts the job's files from 0
    line       BIGINT NOT NULL,   -- on which the row begins; of Parquet the row, both from 1
    reason     VARCHAR,
    customer   VARCHAR,
    order_id   VARCHAR,
    day        DATE,
    amount     DECIMAL(18, 6),    -- of a return: negative
    is_return  BOOLEAN NOT NULL,
    cost       DECIMAL(18, 6),    -- of a return: negative
    export_row VARCHAR,
    -- what the time says of how others are written, where it cannot be read or the order
    -- of its parts is open
    time_form  UTINYINT
{{- if .Currencies}},
    currency   VARCHAR,
    -- the amount in that currency, as the export has it
    original   DECIMAL(18, 6)
{{- end}}
{{- if .Marks}},
    -- the currencies that stand beside the row's numbers, parted by |
    marks      VARCHAR
{{- end}}
{{- range .Forms}},
    -- how a text is written that is read as a number
    {{.}}      UTINYINT
{{- end}}
{{- if .Content}},
    -- hash of the row as the export has it, where it is looked for in other files
    content    UBIGINT
{{- end}}
{{- if .Joined}},
    -- what became of the row in each joined file, two bits each
    joins      UINTEGER NOT NULL
{{- end}}
{{- if .Matches}},
    -- by which returns are matched to sales: the time is on the clock of the job's zone;
    -- on_sale is a refund that was made of the row of its sale
    quantity       DECIMAL(18, 6),
    instant        TIMESTAMP,
    original_order VARCHAR,
    on_sale        BOOLEAN
{{- end}}
{{- if .Refunds}},
    -- money given back of the row's amount, 0 or above, until it is a row by itself
    refund     DECIMAL(18, 6),
    refund_day DATE
{{- if .Currencies}},
    -- the refund in the row's currency, as the export has it
    refund_original DECIMAL(18, 6)
{{- end}}
{{- end}}
{{- if .ListPrice}},
    -- what the row would cost by the list; NULL: not known
    list_price DECIMAL(18, 6)
{{- end}}
{{- range .Labels}},
    {{.}} VARCHAR
{{- end}}
)

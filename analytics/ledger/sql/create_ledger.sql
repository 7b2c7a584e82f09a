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
{{- range .Labels}},
    {{.}} VARCHAR
{{- end}}
)

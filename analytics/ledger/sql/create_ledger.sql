-- Purpose: the table that Load fills.
-- Grain:   one row per row of an export that could be split into columns, those
--          of a file in its order by rowid. Files that are read at the same time
--          may come in any order.
-- Out:     reason is NULL for a row that is used; export_row is NULL then, and
--          empty in exports of text, whose rejects are read again from the file.
CREATE TEMP TABLE ledger (
    source     INTEGER NOT NULL,  -- counts the job's sources from 0
    file       INTEGER NOT NULL,  -- counts the job's files from 0
    reason     VARCHAR,
    customer   VARCHAR,
    order_id   VARCHAR,
    day        DATE,
    amount     DECIMAL(18, 6),    -- of a return: negative
    is_return  BOOLEAN NOT NULL,
    cost       DECIMAL(18, 6),    -- of a return: negative
    export_row VARCHAR
{{- range .Labels}},
    {{.}} VARCHAR
{{- end}}
)

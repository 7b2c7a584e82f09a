package job

import _ "embed"

// Schema is the JSON Schema (draft 2020-12) of the job file, for editors: which keys
// there are, what they mean, and which values they take. What one file may say with
// another setting, such as that a budget needs a cost, is not in it; `clientele check`
// says that. Tests hold it against the reader of the job file.
//
//go:embed schema.json
var Schema []byte

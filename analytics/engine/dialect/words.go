package dialect

// word is what a statement says in another way on each engine. %[1]s and on are its parts.
type word struct{ duckDB, spark string }

// sparkNumber is a text of the digits 0 to 9 as a number: Spark itself also reads those of other
// scripts.
const sparkNumber = `CASE WHEN %[1]s RLIKE '^\\s*[-+]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][-+]?[0-9]+)?\\s*$' THEN TRY_CAST(%[1]s AS %[2]s) END`

// words are all of them, by the name that templates call them by.
var words = map[string]word{
	// A list of the values of a group, in no order: {{list}}(x). Of no values it is NULL in DuckDB, and
	// empty in Spark.
	"list": {"list", "collect_list"},

	// A row of named fields: {{row}}{{field "a"}} x, {{field "b"}} y{{end_row}}.
	"row":     {"{", "named_struct("},
	"field":   {"'%[1]s':", "'%[1]s',"},
	"end_row": {"}", ")"},

	// Two values that are compared one after the other: a key for min_by.
	"pair": {"struct_pack(one := %[1]s, two := %[2]s)", "struct(%[1]s, %[2]s)"},

	// Whole numbers: how often the second goes into the first.
	"quotient": {"(%[1]s) // %[2]s", "(%[1]s) DIV %[2]s"},

	// Whole days from one day to another.
	"days": {"date_diff('day', %[1]s, %[2]s)", "datediff(%[2]s, %[1]s)"},

	// A text without the characters around it that show nothing; the second are these, as a text
	// of SQL. trim looks every character up: in DuckDB a text of ASCII that neither begins nor ends
	// with a space, as most are, is known by its bytes. All that C's isspace calls a space is one.
	"trimmed": {
		"CASE WHEN %[1]s >= '!' AND NOT ends_with(%[1]s, ' ') AND NOT ends_with(%[1]s, '\t') AND NOT ends_with(%[1]s, '\n')" +
			" AND NOT ends_with(%[1]s, '\v') AND NOT ends_with(%[1]s, '\f') AND NOT ends_with(%[1]s, '\r') AND strlen(%[1]s) = length(%[1]s)" +
			" THEN %[1]s ELSE trim(%[1]s, %[2]s) END",
		"trim(BOTH %[2]s FROM %[1]s)",
	},

	// What the clock of a zone shows at an instant.
	"clock": {"timezone(%[1]s, %[2]s)", "from_utc_timestamp(%[2]s, %[1]s)"},

	// The instant at which the clock of a zone shows a time; the second, where it shows it twice, as
	// when clocks are put back. Spark takes the first: that of the next day's offset is the second.
	"instant": {
		"timezone(%[1]s, %[2]s)",
		"CASE WHEN from_utc_timestamp(to_utc_timestamp(CAST(%[2]s AS TIMESTAMP) + INTERVAL '24' HOUR, %[1]s) - INTERVAL '24' HOUR, %[1]s) = CAST(%[2]s AS TIMESTAMP)" +
			" THEN to_utc_timestamp(CAST(%[2]s AS TIMESTAMP) + INTERVAL '24' HOUR, %[1]s) - INTERVAL '24' HOUR" +
			" ELSE to_utc_timestamp(CAST(%[2]s AS TIMESTAMP), %[1]s) END",
	},

	// Microseconds since 1970 of a time without a zone.
	"microseconds": {"epoch_us(%[1]s)", "unix_micros(CAST(%[1]s AS TIMESTAMP))"},

	// Whether a text begins or ends with another, and whether all of it matches a pattern.
	"ends_with":  {"ends_with(%[1]s, %[2]s)", "endswith(%[1]s, %[2]s)"},
	"full_match": {"regexp_full_match(%[1]s, %[2]s)", `%[1]s RLIKE concat('^(?:', %[2]s, ')\\z')`},
	// How many bytes a text has.
	"bytes":       {"strlen(%[1]s)", "octet_length(%[1]s)"},
	"starts_with": {"starts_with(%[1]s, %[2]s)", "startswith(%[1]s, %[2]s)"},
	// Whether any of a text matches a pattern; the text with something else in the place of all
	// that does; with its first group in the place of what does; all that does, with | between.
	"matches":     {"regexp_matches(%[1]s, %[2]s)", "%[1]s RLIKE %[2]s"},
	"replace_all": {"regexp_replace(%[1]s, %[2]s, %[3]s, 'g')", "regexp_replace(%[1]s, %[2]s, %[3]s)"},
	"first_group": {`regexp_replace(%[1]s, %[2]s, '\1')`, `regexp_replace(%[1]s, %[2]s, '$1')`},
	"all_of":      {"array_to_string(regexp_extract_all(%[1]s, %[2]s), '|')", "array_join(regexp_extract_all(%[1]s, %[2]s, 0), '|')"},
	// One character, counted from the end.
	"from_end": {"(%[1]s)[-%[2]s]", "substr(%[1]s, -%[2]s, 1)"},

	// The product of two numbers, NULL where it is beyond what its type holds.
	"product": {"TRY(%[1]s * %[2]s)", "try_multiply(%[1]s, %[2]s)"},

	// The types of small whole numbers, of larger ones, and of hashes. They are never negative,
	// hashes of Spark apart.
	"tiny":   {"UTINYINT", "SMALLINT"},
	"bits":   {"UINTEGER", "BIGINT"},
	"hashed": {"UBIGINT", "BIGINT"},

	// A number that stands for all of some values: {{hash "a, b"}}.
	"hash": {"hash(%[1]s)", "xxhash64(%[1]s)"},

	// An amount of money by a rate of DECIMAL(28, 12), with all places; NULL where it is beyond what
	// any number holds. Spark rounds a product of more than 38 digits, so that each half of the rate
	// is multiplied by itself.
	"rated": {
		"TRY(%[1]s * %[2]s)",
		"(TRY_CAST(%[1]s * CAST(floor(%[2]s) AS DECIMAL(16, 0)) AS DECIMAL(19, 6)) + CAST(%[1]s * CAST(%[2]s - floor(%[2]s) AS DECIMAL(12, 12)) AS DECIMAL(30, 18)))",
	},

	// The one value of a subquery that looks it up.
	"only": {"%[1]s", "max(%[1]s)"},

	// One of so many customers, the same ones each night.
	"one_in": {"hash(%[1]s) %% CAST(%[2]s AS UBIGINT) = 0", "pmod(xxhash64(%[1]s), %[2]s) = 0"},

	// What a subquery gives that several columns are looked up in.
	"together": {"(%[1]s)", "%[1]s"},

	// The beginning of a statement that makes a table.
	"table": {"CREATE TEMP TABLE %[1]s AS", "CREATE OR REPLACE TEMPORARY VIEW %[1]s AS"},

	// All columns but one: SELECT * {{but}} (name).
	"but": {"EXCLUDE", "EXCEPT"},

	// The number that a text is, written as programs write numbers, as a type; NULL for other
	// texts.
	"number": {
		"TRY_CAST(%[1]s AS %[2]s)",
		sparkNumber,
	},

	// The same without the sign _, which programmers write between thousands and DuckDB reads:
	// in an export 1_000 is not the number 1000.
	"plain_number": {
		"CASE WHEN contains(%[1]s, '_') THEN NULL ELSE TRY_CAST(%[1]s AS %[2]s) END",
		sparkNumber,
	},
}

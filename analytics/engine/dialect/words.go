package dialect

// word is what a statement says in another way on each engine. %[1]s and on are its parts.
type word struct{ duckDB, spark string }

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

	// How many entries a list has, NULL or 0 for none, and the entry at a place from 1, or
	// from the end as -1. NULL where there is none.
	"length_of": {"len(%[1]s)", "nullif(size(%[1]s), 0)"},
	"entry":     {"%[1]s[%[2]s]", "try_element_at(%[1]s, CAST(%[2]s AS INT))"},

	// Whole numbers: how often the second goes into the first.
	"quotient": {"(%[1]s) // %[2]s", "(%[1]s) DIV %[2]s"},

	// Whole days from one day to another.
	"days": {"date_diff('day', %[1]s, %[2]s)", "datediff(%[2]s, %[1]s)"},

	// All columns but one: SELECT * {{but}} (name).
	"but": {"EXCLUDE", "EXCEPT"},

	// The number that a text is, written as programs write numbers, as a type; NULL for other
	// texts. Spark also reads digits of other scripts.
	"number": {
		"TRY_CAST(%[1]s AS %[2]s)",
		`CASE WHEN %[1]s RLIKE '^\\s*[-+]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][-+]?[0-9]+)?\\s*$' THEN TRY_CAST(%[1]s AS %[2]s) END`,
	},
}

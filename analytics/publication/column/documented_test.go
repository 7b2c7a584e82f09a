package column

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write docs/columns.md and docs/lists.md")

// docs/columns.md and docs/lists.md are what the registry says, and are written from it:
//
//	go test ./analytics/publication/column -update
func TestColumnsAreDocumented(t *testing.T) {
	for name, want := range map[string]string{"columns.md": columnsPage(), "lists.md": listsPage()} {
		docs := filepath.Join("..", "..", "..", "docs", name)
		if *update {
			require.NoError(t, os.WriteFile(docs, []byte(want), 0o644))
		}
		text, err := os.ReadFile(docs)
		require.NoError(t, err)
		require.Equal(t, want, string(text), "write docs/%s anew with -update", name)
	}
}

func listsPage() string {
	var b strings.Builder
	b.WriteString(`# Lists

The CSV files of a publication with rows of their own, and their columns in order. The types are those of
[columns](columns.md). A column whose key of the job file is off is left out. Of a column that may be empty, an empty
cell means that there is nothing to say. This page is written from the program.
`)
	for _, l := range Lists {
		fmt.Fprintf(&b, "\n## %s\n\nOne row for each %s. Order: %s.", l.File, l.Row, l.Order)
		if key := l.Stage.Setting(); key != "" {
			fmt.Fprintf(&b, " There is no such file with `%s: off`.", key)
		}
		b.WriteString("\n\n")
		listTable(&b, l)
	}
	return b.String()
}

func listTable(b *strings.Builder, l *List) {
	b.WriteString("| column | type | may be empty | key | meaning |\n|---|---|---|---|---|\n")
	for _, c := range l.Columns {
		writeRow(b, c, c.Asked)
	}
}

func columnsPage() string {
	var b strings.Builder
	b.WriteString(`# Columns

Every column that a publication has of each customer, in the order of the file. A column whose key of the job file is
off is left out. Of a column that may be empty, an empty cell means that there is nothing to say: no lifetime model, no
decline, no tier. Text is never empty in this sense. This page is written from the program.

| type | in Parquet | in CSV |
|---|---|---|
| text | string | as it is; see [spreadsheets](publication.md#csv-files) |
| whole number | int64 | |
| number | double | the shortest text that reads back to the same double |
| money | double | with the places of ` + "`currency`" + ` by ISO 4217: two, none of JPY, three of KWD; two where no currency is given |
| probability | double | with four places |
| day | date | ` + "`2011-12-10`" + ` |
| amount | decimal(38, 6) | as money |
| exact | decimal(38, 6) | an amount with two places or as many as it needs, where amounts add up |

## customers.parquet, customers.csv

Mapped attributes follow, under the names that the job file gives them: ` + "`channel`, `region`" + ` and those of ` + "`attributes`" + `.

`)
	table(&b, Customers)
	b.WriteString(`
## state.parquet

What the next night needs to know of each customer, in order of id. Names and meaning may change with the version of the
program. ` + "`tier_anchor` and `anchor_tier`" + ` have nothing to do with each other.

`)
	table(&b, State)
	b.WriteString(`
## purchases.parquet

The purchase days of each customer of customers.parquet, in order of id; with ` + "`output.purchases: false`" + ` there is no such file.
It has no CSV twin.

| column | type | meaning |
|---|---|---|
| ` + "`customer_id`" + ` | string | the customer |
| ` + "`days`" + ` | list of date | the purchase days, ascending: ` + "`purchase_days`" + ` of customers counts them |
| ` + "`spend`" + ` | list of decimal(38, 6) | what was bought less returned on each of them; what was returned on a day without a purchase is in none |
| ` + "`margin`" + ` | list of decimal(38, 6) | with ` + "`activation`" + `: what each of them brought, by the rules of ` + "`past_value`" + `: the margin on what was bought less returned, or that less mapped costs, less ` + "`clv.costs.per_order`" + ` for each order. What was returned on a day without a purchase counts on the purchase day before it, or on the first |
`)
	b.WriteString(`
## revenue.parquet

[Where the revenue of each customer comes from](asset.md#where-revenue-comes-from), in order of id. The columns add up to those of ` + "`revenue_sources.csv`" + `. It
has no CSV twin.

`)
	table(&b, CustomerRevenue)
	return b.String()
}

func table(b *strings.Builder, columns []*Column) {
	b.WriteString("| column | type | may be empty | key | meaning |\n|---|---|---|---|---|\n")
	for _, c := range columns {
		writeRow(b, c, c.Setting())
	}
}

func writeRow(b *strings.Builder, c *Column, key string) {
	empty := ""
	if c.Nullable {
		empty = "yes"
	}
	if key != "" {
		key = "`" + key + "`"
	}
	kind := string(c.Type)
	if c.Form != "" {
		kind = string(c.Form)
	}
	fmt.Fprintf(b, "| `%s` | %s | %s | %s | %s |\n", c.Name, kind, empty, key, c.Doc)
}

var codeSpan = regexp.MustCompile("`([a-z_]+)`")

// The columns that docs/numbers.md explains are those of the registry, and it leaves none out
// but those that say what they are.
func TestColumnsThatAreExplained(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "..", "docs", "numbers.md"))
	require.NoError(t, err)
	explained := map[string]bool{}
	for line := range strings.Lines(string(text)) {
		first, rest, isRow := strings.Cut(strings.TrimPrefix(line, "| "), " | ")
		if !isRow {
			continue
		}
		for _, m := range codeSpan.FindAllStringSubmatch(first, -1) {
			_, known := Named(Customers, m[1])
			require.True(t, known, "docs/numbers.md explains a column %s that there is not", m[1])
			explained[m[1]] = true
		}
		for _, m := range codeSpan.FindAllStringSubmatch(rest, -1) {
			explained[m[1]] = true // `stage_since` in the row of `stage`
		}
	}
	plain := []*Column{Rank, CustomerID, FirstDay, LastDay, Orders, PurchaseDays, RFM, Segment}
	for _, c := range Customers {
		require.True(t, explained[c.Name] || slices.Contains(plain, c), "docs/numbers.md does not explain %s", c.Name)
	}
}

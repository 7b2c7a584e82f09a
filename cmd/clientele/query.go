package main

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/spf13/cobra"

	"clientele/analytics/engine"
	"clientele/analytics/publish"
	"clientele/analytics/query"
)

// queryOptions are what `clientele query` is given.
type queryOptions struct {
	streams
	night, sql string
	format     string
	output     string
}

// queryFormats are the forms of an answer.
var queryFormats = []string{"table", "csv", "json", "parquet"}

func newQueryCmd(s streams) *cobra.Command {
	o := queryOptions{streams: s}
	cmd := &cobra.Command{
		Use:   "query PUBLICATION [SQL]",
		Short: "Answer a SELECT over the tables of a publication",
		Long: `Answer one SELECT over the tables of a publication. Each file with rows is a table:
customers, purchases, segments, at_risk and so on, and lists_email for
lists/email.csv. The publication before it has the same tables under previous, such as
previous.customers. The query reads nothing else and changes nothing. Without SQL the
tables and their columns are listed.

The SQL is DuckDB's. docs/columns.md and docs/lists.md say what the columns mean.`,
		Example: `  clientele query out/shop/latest "SELECT stage, count(*), sum(clv) FROM customers GROUP BY stage"
  clientele query out/shop/latest "SELECT customer_id FROM at_risk WHERE tier = 'gold'" --format csv -o call.csv
  clientele query out/shop/latest`,
		Args: takesQuery,
		RunE: func(cmd *cobra.Command, args []string) error {
			o.night = args[0]
			if len(args) > 1 {
				o.sql = args[1]
			}
			if !slices.Contains(queryFormats, o.format) {
				return usageError{cmd, fmt.Errorf("--format: %q is not one of %s", o.format, strings.Join(queryFormats, ", "))}
			}
			err := runQuery(cmd.Context(), o)
			if wrong, ok := errors.AsType[*query.Error](err); ok {
				return usageError{cmd, wrong}
			}
			if wrong, ok := errors.AsType[placeError](err); ok {
				return usageError{cmd, wrong}
			}
			return err
		},
	}
	cmd.Flags().StringVar(&o.format, "format", "table", "table, csv, json or parquet")
	completes(cmd, "format", completeWords(queryFormats...))
	cmd.Flags().StringVarP(&o.output, "output", "o", "", "the file to write; default: standard output")
	return cmd
}

// takesQuery checks the arguments: the SQL may be left out.
func takesQuery(cmd *cobra.Command, args []string) error {
	if len(args) > 1 {
		return takes("PUBLICATION", "SQL")(cmd, args)
	}
	return takes("PUBLICATION")(cmd, args)
}

func runQuery(ctx context.Context, o queryOptions) (err error) {
	night, err := locate(o.night, o.night)
	if err != nil {
		return err
	}
	tables, err := query.Open(ctx, night, engine.Options{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, tables.Close()) }()
	if o.sql == "" {
		o.sql = query.Catalogue
	}
	answer, err := tables.Ask(ctx, o.sql)
	if err != nil {
		return err
	}
	defer answer.Close()
	return writeTo(o.output, o.out, func(w io.Writer) error { return writeAnswer(w, answer, o.format) })
}

func writeAnswer(w io.Writer, answer *query.Answer, format string) (err error) {
	switch format {
	case "json":
		return answer.WriteJSON(w)
	case "csv":
		_, err = publish.WriteCSV(w, answer.Schema(), answer.Batches(), publish.CSVOptions{})
	case "parquet":
		_, err = publish.WriteParquet(w, answer.Schema(), answer.Batches(), publish.ParquetOptions{})
	default:
		return printAnswer(w, answer)
	}
	return err
}

// printAnswer writes the rows for people. Their cells are those of the CSV file.
func printAnswer(w io.Writer, answer *query.Answer) error {
	var text strings.Builder
	if _, err := publish.WriteCSV(&text, answer.Schema(), answer.Batches(), publish.CSVOptions{}); err != nil {
		return err
	}
	records, err := csv.NewReader(strings.NewReader(text.String())).ReadAll()
	if err != nil {
		return err
	}
	header, rows := []any{}, [][]any{}
	for _, name := range records[0] {
		header = append(header, name)
	}
	for _, r := range records[1:] {
		rows = append(rows, cellsOf(r, answer.Schema()))
	}
	p := printer{w: w}
	p.table(header, rows)
	return p.err
}

// cellsOf are the cells of a row; numbers stand on the right.
func cellsOf(record []string, schema *arrow.Schema) []any {
	cells := make([]any, len(record))
	for i, text := range record {
		cells[i] = text
		switch schema.Field(i).Type.ID() {
		case arrow.INT8, arrow.INT16, arrow.INT32, arrow.INT64, arrow.UINT8, arrow.UINT16, arrow.UINT32, arrow.FLOAT64, arrow.DECIMAL128:
			cells[i] = figure(text)
		default:
		}
	}
	return cells
}

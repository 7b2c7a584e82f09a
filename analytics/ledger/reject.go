package ledger

import (
	"context"
	"fmt"
	"strings"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"

	"clientele/analytics/engine"
)

// Reject is a row that was set aside.
type Reject struct {
	Source string // the file
	Line   int64  // where it begins in the file, from 1; of Parquet the row
	Reason Reason
	Row    string // as the export had it
}

// Rejects visits the rows set aside in the order of the files and their lines.
// Those that `where` leaves out are among them where the job asks for all.
func (p *Plan) Rejects(ctx context.Context, visit func(Reject) error) error {
	sql, err := p.statement("rejects.sql", nil)
	if err != nil {
		return err
	}
	err = p.visit(ctx, "rejects", sql, []string{"file", "line"}, func(b arrow.RecordBatch) error { return p.visitRejects(b, visit) })
	if err != nil {
		return fmt.Errorf("rejects: %w", err)
	}
	return nil
}

func (p *Plan) visitRejects(b arrow.RecordBatch, visit func(Reject) error) error {
	c := engine.Columns{Batch: b}
	file := engine.Take[*array.Int32](&c, "file")
	line := engine.Take[*array.Int64](&c, "line")
	reason := engine.Take[*array.String](&c, "reason")
	row := engine.Take[*array.String](&c, "export_row")
	if c.Err != nil {
		return c.Err
	}
	for i := range int(b.NumRows()) {
		r := Reject{
			Source: p.pathOf(int(file.Value(i))), Line: line.Value(i),
			Reason: Reason(strings.Clone(reason.Value(i))), Row: strings.Clone(row.Value(i)),
		}
		if err := visit(r); err != nil {
			return err
		}
	}
	return nil
}

// pathOf is what messages and lists call a file.
func (p *Plan) pathOf(file int) string {
	b := p.batchOf(file)
	return b.files[file-b.first].path
}

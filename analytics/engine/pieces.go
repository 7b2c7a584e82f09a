package engine

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// rowBytes is about what a row of a result takes. BenchmarkResult measures about 83 bytes for a customer's
// day and 63 for a customer and a thing, with ids of ten letters; a fifth more is for longer ones.
// The engine holds all of a result until it is read, and does not count that against its memory.
const rowBytes = 100

// resultShare is the part of the engine's memory that one result may take beside it. It is chosen:
// what a budget leaves beside the engine's memory has to hold the customers too, and each piece
// reads the table once more. The nights of docs/memory.md (benchmarks/memory.sh) were made with it.
const resultShare = 0.125

// handPieces hands over the rows of a step. It asks for one range of customers after the other
// where all of them would take too much memory at once.
func (d *DuckDB) handPieces(ctx context.Context, s Step) error {
	rows, err := d.count(ctx, s)
	if err != nil {
		return err
	}
	if s.Expect != nil {
		s.Expect(rows)
	}
	cuts, err := d.cuts(ctx, s, rows)
	if err != nil {
		return err
	}
	done := s.Done
	s.Done = nil
	for _, p := range piecesOf(s, cuts) {
		if err := s.Hand(ctx, d, p.sql, p.args...); err != nil {
			return err
		}
	}
	if done != nil {
		done()
	}
	return nil
}

// cuts are values of the column by which a step is cut that divide what it reads into pieces of
// about the same size. They come from a sample: any cuts give the same rows.
func (d *DuckDB) cuts(ctx context.Context, s Step, rows int64) ([]string, error) {
	if d.memory == 0 || s.cutBy() == "" || len(s.From) == 0 {
		return nil, nil
	}
	table, column := Identifier(s.From[0]), Identifier(s.cutBy())
	pieces := int(float64(rows*rowBytes)/(resultShare*float64(d.memory))) + 1
	if pieces == 1 {
		return nil, nil
	}
	const ofPiece = 100 // rows of the sample, so that a piece is seldom a fifth too large
	sample, err := Text(ctx, d, fmt.Sprintf("SELECT %s FROM %s USING SAMPLE reservoir(%d ROWS) REPEATABLE (1) ORDER BY 1", column, table, pieces*ofPiece))
	if err != nil {
		return nil, err
	}
	var cuts []string
	for at := ofPiece; at < len(sample); at += ofPiece {
		cuts = append(cuts, sample[at][0])
	}
	return slices.Compact(cuts), nil
}

// count is how many rows the first table has that a step reads; 0: it reads none, or nobody
// asks.
func (d *DuckDB) count(ctx context.Context, s Step) (int64, error) {
	if len(s.From) == 0 || s.Expect == nil && (d.memory == 0 || s.cutBy() == "") {
		return 0, nil
	}
	return Count(ctx, d, Identifier(s.From[0]))
}

// piece is a statement for a range of customers.
type piece struct {
	sql  string
	args []any
}

// piecesOf cuts the statement of a step: one piece before each cut, and one from the last on.
// Of no cuts it is the statement itself.
func piecesOf(s Step, cuts []string) []piece {
	if len(cuts) == 0 {
		return []piece{{s.SQL, s.Args}}
	}
	column := Identifier(s.cutBy())
	pieces := make([]piece, len(cuts)+1)
	for i := range pieces {
		args, where := slices.Clone(s.Args), []string(nil)
		bound := func(sign, cut string) {
			args = append(args, cut)
			where = append(where, fmt.Sprintf("%s %s $%d", column, sign, len(args)))
		}
		if i > 0 {
			bound(">=", cuts[i-1])
		}
		if i < len(cuts) {
			bound("<", cuts[i])
		}
		pieces[i] = piece{"SELECT * FROM (\n" + s.SQL + "\n)\nWHERE " + strings.Join(where, " AND "), args}
	}
	return pieces
}

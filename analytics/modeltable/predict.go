package modeltable

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"math"
	"strings"

	"github.com/apache/arrow-go/v18/arrow"

	"clientele/analytics/engine"
	"clientele/analytics/ledger"
	"clientele/analytics/publication"
	"clientele/analytics/publish"
	"clientele/clv"
	"clientele/internal/concurrent"
	"clientele/internal/regular"
)

// PredictOptions say what to predict; times are in the model's unit.
type PredictOptions struct {
	Horizon   float64 // bounds expected_purchases and dect
	Delta     float64 // continuous rate of discount
	Discount  bool    // add dect and dert, whatever the rate; at 0, what is endless is empty
	Intervals bool    // add 90% intervals of the purchases within the horizon
	Workers   int
	ModelPath string // of the model file, for messages about it
}

// ReadFile reads a model file. A file that is none is a [ledger.DataError].
func ReadFile(path string) (clv.File, error) {
	var m publication.Model // of which a model file is a part
	data, err := regular.ReadFile(path)
	if err != nil {
		return m.File, &ledger.DataError{Path: path, Message: fmt.Sprintf("model file cannot be read: %v", reason(err))}
	}
	if err := json.Unmarshal(data, &m); err != nil {
		return m.File, &ledger.DataError{Path: path, Message: fmt.Sprintf("is not a model file: %v", err)}
	}
	if m.Refused != "" {
		return m.File, &ledger.DataError{Path: path, Message: "holds no model: " + m.Refused}
	}
	if m.Model == "" {
		return m.File, &ledger.DataError{Path: path, Message: "is not a model file: model is missing; expected one of " + strings.Join(ModelNames(), ", ")}
	}
	return m.File, nil
}

// models are what a model file holds.
type models struct {
	purchases *clv.Blend      // nil: none
	spend     *clv.SpendModel // nil: none
	intervals *clv.Predictive // nil: not wanted
}

func build(f clv.File) (models, error) {
	var m models
	spend := f.Spend
	if f.Model == SpendModel {
		spend = &clv.SpendFile{Model: f.Model, Params: f.Params, Paying: f.Paying}
	} else {
		purchases, err := f.BuildBlend()
		if err != nil {
			return m, err
		}
		m.purchases = purchases
	}
	if spend != nil {
		g, err := spend.Build()
		// Without a mean of the population the harmonic mean takes its place.
		if err != nil && !errors.Is(err, clv.ErrNoMean) {
			return m, err
		}
		m.spend = &g
	}
	return m, nil
}

// Predict scores a table with a model file, shard by shard, and writes CSV: the
// table's columns, then those that the model has.
func Predict(ctx context.Context, w io.Writer, e engine.Engine, path string, f clv.File, o PredictOptions) error {
	m, err := build(f)
	if err != nil {
		return &ledger.DataError{Path: o.ModelPath, Message: err.Error()}
	}
	if o.Intervals && m.purchases != nil {
		err := concurrent.Until(ctx, func() (err error) {
			m.intervals, err = intervals(m.purchases, o)
			return err
		})
		if err != nil && ctx.Err() == nil {
			return &ledger.DataError{Path: o.ModelPath, Message: err.Error()}
		}
		if err != nil {
			return err
		}
	}
	next, stop := iter.Pull2(shards(ctx, e, path, func(t *Table) (arrow.RecordBatch, error) { return m.score(t, o) }))
	defer stop()
	// The columns are known when the table is open: with the first shard.
	first, err, _ := next()
	if err != nil {
		return err
	}
	_, err = publish.WriteCSV(w, first.Schema(), func(yield func(arrow.RecordBatch, error) bool) {
		for batch, err, ok := first, error(nil), true; ok; batch, err, ok = next() {
			if !yield(batch, err) {
				return
			}
		}
	}, publish.CSVOptions{})
	return err
}

// errEnough stops a scan whose reader wants no more.
var errEnough = errors.New("enough")

// shards are the scored shards of a table. A batch lives until the next is asked
// for.
func shards(ctx context.Context, e engine.Engine, path string, score func(*Table) (arrow.RecordBatch, error)) iter.Seq2[arrow.RecordBatch, error] {
	return func(yield func(arrow.RecordBatch, error) bool) {
		err := Scan(ctx, e, path, func(t *Table) error {
			var batch arrow.RecordBatch
			err := concurrent.Until(ctx, func() (err error) {
				batch, err = score(t)
				return err
			})
			if err != nil {
				return err
			}
			defer batch.Release()
			if !yield(batch, nil) {
				return errEnough
			}
			return nil
		})
		if err != nil && !errors.Is(err, errEnough) {
			yield(nil, err)
		}
	}
}

// score makes the columns of a shard.
func (m models) score(t *Table, o PredictOptions) (arrow.RecordBatch, error) {
	columns := []publish.Col{
		{Name: "customer_id", Values: t.ID},
		{Name: "x", Values: t.Panel.X},
		{Name: "t_x", Values: t.Panel.TX},
		{Name: "t", Values: t.Panel.T},
	}
	if m.purchases != nil {
		if err := m.check(t); err != nil {
			return nil, err
		}
		columns = append(columns, m.purchaseColumns(t.Panel, o)...)
	}
	if m.spend != nil && t.Spend != nil {
		expected := make([]float64, len(t.Spend))
		for i := range expected {
			expected[i] = m.spend.Expected(t.spendHistory(i))
		}
		columns = append(columns, column("expected_spend", expected))
	}
	return publish.NewTable(nil, columns...)
}

// check refuses a shard with a row that no customer of the model can have.
func (m models) check(t *Table) error {
	for i := range t.ID {
		if err := m.purchases.CheckRow(t.Panel.X[i], t.Panel.TX[i], t.Panel.T[i]); err != nil {
			return rowError(t.place(i), err)
		}
	}
	return nil
}

// intervals prepares those of models whose file says how well their parameters
// are known; from one that does not, they are taken as known exactly.
func intervals(b *clv.Blend, o PredictOptions) (*clv.Predictive, error) {
	return clv.NewPredictive(b, clv.PredictiveOptions{Horizon: o.Horizon, Prices: clv.Prices{Margin: 1}, Workers: o.Workers})
}

func (m models) purchaseColumns(p clv.Panel, o PredictOptions) []publish.Col {
	s := clv.ScoreBlend(m.purchases, p, clv.ScoreOptions{
		Horizon: o.Horizon, Delta: o.Delta, Workers: o.Workers, WithLogLikelihood: true, WithDECT: o.Discount, WithDERT: o.Discount,
	})
	var columns []publish.Col
	if s.LogLikelihood != nil { // of a model alone
		columns = append(columns, column("log_likelihood", s.LogLikelihood))
	}
	columns = append(columns, column("p_alive", s.PAlive), column("expected_purchases", s.CET))
	if o.Discount {
		columns = append(columns, column("dect", s.DECT), column("dert", s.DERT))
	}
	if m.intervals != nil {
		low, high := m.intervals.Purchases(p, s)
		columns = append(columns, column("purchases_low", low), column("purchases_high", high))
	}
	return columns
}

// column is a column of numbers in which what does not exist is empty.
func column(name string, values []float64) publish.Col {
	valid := make([]bool, len(values))
	for i, v := range values {
		valid[i] = !math.IsNaN(v) && !math.IsInf(v, 0)
	}
	return publish.Col{Name: name, Values: values, Valid: valid}
}

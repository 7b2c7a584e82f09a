package query

import (
	"context"
	"errors"
	"slices"

	"github.com/apache/arrow-go/v18/arrow/array"

	"clientele/analytics/engine"
	"clientele/analytics/publication/column"
)

// Where gives the ids of the customers who fulfil a SQL condition over the columns of
// customers, ascending. A condition that is neither true nor false of a customer is not
// fulfilled. The error is a [ConditionError] where it cannot be asked of all of them.
func (t *Tables) Where(ctx context.Context, condition string) (ids []string, err error) {
	id := engine.Identifier(column.CustomerID.Name)
	reader, err := t.engine.Query(ctx, "SELECT "+id+" FROM customers WHERE (\n"+condition+"\n)")
	if err != nil {
		return nil, asConditionError(err)
	}
	defer reader.Release()
	for reader.Next() {
		texts, are := reader.RecordBatch().Column(0).(*array.String)
		if !are {
			return nil, errors.New("query: ids are no texts")
		}
		for i := range texts.Len() {
			ids = append(ids, string([]byte(texts.Value(i))))
		}
	}
	if err := reader.Err(); err != nil {
		return nil, asConditionError(err)
	}
	slices.Sort(ids)
	return ids, nil
}

// ConditionError says what is wrong with a condition, without a value of any customer.
type ConditionError struct{ Message string }

// Error implements error.
func (e *ConditionError) Error() string { return e.Message }

func asConditionError(err error) error {
	if of, is := errors.AsType[*engine.SQLError](engine.WithoutValues(err)); is {
		return &ConditionError{of.Message}
	}
	return err
}

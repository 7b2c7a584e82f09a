package publish

import "math"

// ColOf is a column of a table whose rows are at hand.
func ColOf[Row, T any](name string, rows []Row, of func(Row) T) Col {
	values := make([]T, len(rows))
	for i, r := range rows {
		values[i] = of(r)
	}
	return Col{Name: name, Values: values}
}

// OptionalColOf is the same of values that rows may lack.
func OptionalColOf[Row, T any](name string, rows []Row, of func(Row) *T) Col {
	values, valid := make([]T, len(rows)), make([]bool, len(rows))
	for i, r := range rows {
		if v := of(r); v != nil {
			values[i], valid[i] = *v, true
		}
	}
	return Col{Name: name, Values: values, Valid: valid}
}

// NumbersOf is a column of numbers of a table whose rows are at hand; see [Numbers].
func NumbersOf[Row any](name string, rows []Row, of func(Row) float64) Col {
	values := make([]float64, len(rows))
	for i, r := range rows {
		values[i] = of(r)
	}
	return Numbers(name, values)
}

// Numbers is a column of numbers. What is unknown (NaN) and what has no bound is empty.
func Numbers(name string, values []float64) Col {
	valid := make([]bool, len(values))
	for i, v := range values {
		valid[i] = !math.IsNaN(v) && !math.IsInf(v, 0)
	}
	return Col{Name: name, Values: values, Valid: valid}
}

package backtest

import "errors"

// The classes of error of this package, for errors.Is.
var (
	// ErrHistory marks a history whose columns contradict each other.
	ErrHistory = errors.New("not a history of purchases")
	// ErrOptions marks options that are out of range.
	ErrOptions = errors.New("bad options")
)
